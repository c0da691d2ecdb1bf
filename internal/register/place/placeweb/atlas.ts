// The map of communes can be drawn nearer and moved about, and says on pointing what an area is. Without this script the
// map stands whole, its areas are links and bear titles.

const most = 8 // times nearer
const step = 1.6

class Atlas {
  private readonly whole: DOMRect
  private x: number
  private y: number
  private near = 1
  private readonly out: HTMLButtonElement
  private readonly say: HTMLElement
  private readonly fingers = new Map<number, PointerEvent>()
  private moved = false

  constructor(private readonly svg: SVGSVGElement) {
    const box = svg.viewBox.baseVal
    this.whole = new DOMRect(box.x, box.y, box.width, box.height)
    this.x = box.x
    this.y = box.y
    const bar = document.createElement('div')
    bar.className = 'atlas-bar'
    this.button(bar, '+', 'Xem gần hơn', () => this.zoom(step))
    this.out = this.button(bar, '−', 'Xem xa hơn', () => this.zoom(1 / step))
    this.out.disabled = true
    this.say = document.createElement('p')
    this.say.className = 'atlas-say xs'
    this.say.setAttribute('aria-hidden', 'true') // the areas' own titles say it to those who listen
    this.say.textContent = ' '
    svg.before(bar)
    svg.after(this.say)
    this.listen()
  }

  private button(bar: HTMLElement, text: string, label: string, act: () => void): HTMLButtonElement {
    const b = document.createElement('button')
    b.type = 'button'
    b.className = 'btn btn--2 btn--s'
    b.textContent = text
    b.setAttribute('aria-label', label)
    b.addEventListener('click', act)
    bar.append(b)
    return b
  }

  private listen(): void {
    const { svg } = this
    svg.addEventListener('wheel', (e) => {
      if (!e.ctrlKey && this.near === 1) return // the page scrolls past a map that stands whole
      e.preventDefault()
      this.zoom(e.deltaY < 0 ? 1.2 : 1 / 1.2, e.clientX, e.clientY)
    }, { passive: false })
    svg.addEventListener('pointerdown', (e) => {
      this.fingers.set(e.pointerId, e)
      this.moved = false
    })
    svg.addEventListener('pointermove', (e) => this.move(e))
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
      svg.addEventListener(end, (e) => this.fingers.delete(e.pointerId))
    }
    // Moving the map is not following the link that lies under the finger.
    svg.addEventListener('click', (e) => { if (this.moved) e.preventDefault() }, true)
    for (const over of ['pointerover', 'focusin'] as const) {
      svg.addEventListener(over, (e) => this.tell(e.target as Element))
    }
  }

  private tell(at: Element): void {
    const title = at.closest('a')?.querySelector('title') ?? at.querySelector('title')
    if (title?.textContent) this.say.textContent = title.textContent
  }

  private move(e: PointerEvent): void {
    const was = this.fingers.get(e.pointerId)
    if (!was) return
    const [a, b] = [...this.fingers.values()]
    if (a && b) {
      const other = a.pointerId === e.pointerId ? b : a
      const before = Math.hypot(was.clientX - other.clientX, was.clientY - other.clientY)
      const now = Math.hypot(e.clientX - other.clientX, e.clientY - other.clientY)
      if (before > 0) this.zoom(now / before, (e.clientX + other.clientX) / 2, (e.clientY + other.clientY) / 2)
      this.moved = true
    } else if (this.near > 1) {
      const scale = this.whole.width / this.near / this.svg.clientWidth
      this.x -= (e.clientX - was.clientX) * scale
      this.y -= (e.clientY - was.clientY) * scale
      this.moved ||= Math.hypot(e.clientX - was.clientX, e.clientY - was.clientY) > 3
      this.show()
    }
    this.fingers.set(e.pointerId, e)
  }

  /** zoom draws the map nearer by a factor; the point under (cx, cy) of the window stays where it is. */
  private zoom(by: number, cx?: number, cy?: number): void {
    const frame = this.svg.getBoundingClientRect()
    const fx = cx === undefined ? 0.5 : (cx - frame.left) / frame.width
    const fy = cy === undefined ? 0.5 : (cy - frame.top) / frame.height
    const next = Math.min(most, Math.max(1, this.near * by))
    this.x += fx * (this.whole.width / this.near - this.whole.width / next)
    this.y += fy * (this.whole.height / this.near - this.whole.height / next)
    this.near = next
    this.show()
  }

  private show(): void {
    const { whole, near } = this
    const w = whole.width / near
    const h = whole.height / near
    this.x = Math.min(whole.x + whole.width - w, Math.max(whole.x, this.x))
    this.y = Math.min(whole.y + whole.height - h, Math.max(whole.y, this.y))
    this.svg.setAttribute('viewBox', `${this.x} ${this.y} ${w} ${h}`)
    this.svg.classList.toggle('map--near', near > 1)
    this.out.disabled = near === 1
  }
}

for (const svg of document.querySelectorAll<SVGSVGElement>('figure.atlas svg.map')) new Atlas(svg)

export {} // a module: its names are its own
