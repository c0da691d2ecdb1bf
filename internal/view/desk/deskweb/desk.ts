// What was typed on this device and did not reach the server yet is kept by the sheet under keys that begin with
// "giuchuan:chua-gui:"; each holds one save. This line exists only where scripts run: the server knows nothing of it.
const prefix = 'giuchuan:chua-gui'

const note = document.querySelector<HTMLElement>('[data-unsent]')
if (note) {
  const show = () => {
    let count = 0
    let link = ''
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i) ?? ''
        if (!key.startsWith(prefix)) continue
        const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
        const list = Array.isArray(kept) ? kept : kept === null ? [] : [kept]
        count += list.length
        for (const one of list) {
          const path = (one as { page?: unknown })?.page
          if (typeof path === 'string' && /^\/xa\/\d{5}\/ra-soat\/[\w-]+$/.test(path)) link = path
        }
      }
    } catch {
      // a store that is closed or damaged says nothing
    }
    note.hidden = count === 0
    const words = note.querySelector('[data-unsent-count]')
    if (words) words.textContent = `${count} giá trị còn trên máy này`
    const anchor = note.querySelector<HTMLAnchorElement>('[data-unsent-link]')
    if (anchor) {
      anchor.hidden = link === ''
      if (link !== '') anchor.href = link
    }
  }
  show()
  window.addEventListener('storage', show)
}
