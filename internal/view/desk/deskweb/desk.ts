// What was typed on this device and did not reach the server yet is kept by the sheet (unsent.ts), and how many there
// are under a key of the account. This line exists only where scripts run: the server knows nothing of it.
const key = /^giuchuan\.chua-gui\.(.*)\.so$/

const note = document.querySelector<HTMLElement>('[data-unsent]')
if (note) {
  const show = () => {
    let count = 0
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i) ?? ''
        const account = key.exec(name)?.[1]
        if (account === undefined || account !== note.dataset.unsent) continue
        count += Number(localStorage.getItem(name)) || 0
      }
    } catch {
      // a browser that keeps nothing says nothing
    }
    note.hidden = count === 0
    const words = note.querySelector('[data-unsent-count]')
    if (words) words.textContent = `${count} giá trị còn trên máy này`
  }
  show()
  window.addEventListener('storage', show)
}
