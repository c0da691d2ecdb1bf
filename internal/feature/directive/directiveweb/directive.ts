// Keeps the text of a document beside the duty that is looked at: when the
// address names a duty, or its form is open, the text scrolls inside its own
// frame to the words the duty was read from. Without it the badges lead there.

const frame = document.querySelector<HTMLElement>('.cd-paper')

function show(id: string): void {
  const badge = document.getElementById('v-' + id)
  if (!frame || !badge || frame.scrollHeight <= frame.clientHeight) return
  for (const mark of frame.querySelectorAll('mark.cd-on')) mark.classList.remove('cd-on')
  badge.closest('mark')?.classList.add('cd-on')
  frame.scrollTop += badge.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3
}

function followAddress(): void {
  if (location.hash.startsWith('#nv-')) show(location.hash.slice(4))
}

addEventListener('hashchange', followAddress)
document.querySelector('.cd-duties')?.addEventListener('focusin', (e) => {
  const card = e.target instanceof Element ? e.target.closest('.cd-task') : null
  if (card) show(card.id.slice(3))
})
const open = document.querySelector('.task--on')
if (open) show(open.id.slice(3))
followAddress()


export {} // a module: its names are its own
