// Saves each figure of phiếu rà soát as soon as its fields were left, and keeps on the device what did not reach the
// server: it is written down before it is sent and taken off only when the server has answered that it stands. What is
// kept belongs to an account; another account on the same device never sees it. Without this script each figure's own
// button saves it.

interface Attempt {
  key: string
  base: string
  fields: Record<string, string>
}

interface Entry extends Attempt {
  url: string // where it is sent
  page: string // where it is filled in
  place: string
  period: string
  set: string
  code: string
  name: string
  at: string // when it was typed
  state: 'waiting' | 'wrong' | 'clash' | 'login' | 'refused'
  said: string // what the server answered, "" = nothing yet
  tried?: Attempt // an attempt of which nobody knows whether it arrived, before this one
  sent?: boolean // this attempt was begun
}

const hold = document.querySelector<HTMLElement>('[data-unsent]')
const account = hold?.dataset.account ?? ''
const shelf = `giuchuan.chua-gui.${account}`
const within = 20_000 // ms until an answer is given up
const most = 120_000 // ms between two tries

function read(): Record<string, Entry> {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? '{}') as Record<string, Entry>
  } catch {
    return {}
  }
}

// write keeps everything, and beside it how many there are, for other pages.
function write(all: Record<string, Entry>): boolean {
  try {
    localStorage.setItem(shelf, JSON.stringify(all))
    localStorage.setItem(`${shelf}.so`, String(Object.keys(all).length))
    return true
  } catch {
    return false // no room, or a browser that keeps nothing
  }
}

function change(id: string, work: (e: Entry | undefined) => Entry | undefined): void {
  const all = read()
  const next = work(all[id])
  if (next) all[id] = next
  else delete all[id]
  write(all)
}

const idOf = (url: string, set: string, code: string): string => `${new URL(url, location.href).pathname} ${set} ${code}`

function formOf(e: Entry): HTMLFormElement | null {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-save]')) {
    if (idOf(form.action, form.dataset.set ?? '', form.dataset.code ?? '') === idOf(e.url, e.set, e.code)) return form
  }
  return null
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !['set', 'code', 'base', 'key'].includes(name)) out[name] = value
  }
  return out
}

const hidden = (form: HTMLFormElement, name: string): string => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? ''

const same = (a: Record<string, string>, b: Record<string, string>): boolean => JSON.stringify(a) === JSON.stringify(b)

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (b) => b.toString(36).padStart(2, '0')).join('')
}

// take writes down what a form holds; what was not sent yet gives way to it.
function take(form: HTMLFormElement): string {
  const set = form.dataset.set ?? ''
  const code = form.dataset.code ?? ''
  const id = idOf(form.action, set, code)
  const fields = fieldsOf(form)
  change(id, (old) => {
    if (old && same(old.fields, fields) && old.state === 'waiting') return old
    const begun = old?.sent ? { key: old.key, base: old.base, fields: old.fields } : old?.tried
    return {
      url: form.action, page: location.pathname + location.search + `#ct-${code.replaceAll('.', '-')}`,
      place: hold?.dataset.place ?? '', period: hold?.dataset.period ?? '', set, code, name: form.dataset.name ?? code,
      at: new Date().toISOString(), state: 'waiting', said: '', fields, key: newKey(), base: old ? old.base : hidden(form, 'base'), tried: begun,
    }
  })
  return id
}

const busy = new Set<string>()
let pause = 2_000
let timer = 0

function later(): void {
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void flush(), pause)
  pause = Math.min(pause * 2, most)
}

// flush sends what waits, one after another.
async function flush(): Promise<void> {
  for (const id of Object.keys(read())) {
    const e = read()[id]
    if (e && (e.state === 'waiting' || e.state === 'login') && !(await push(id))) break
  }
}

async function ask(e: Entry, a: Attempt): Promise<Response> {
  const body = new URLSearchParams({ ...a.fields, set: e.set, code: e.code, base: a.base, key: a.key })
  const stop = new AbortController()
  const clock = window.setTimeout(() => stop.abort(), within)
  try {
    const answer = await fetch(e.url, { method: 'POST', body, headers: { 'HX-Request': 'true' }, redirect: 'manual', credentials: 'same-origin', signal: stop.signal })
    await answer.clone().text()
    return answer
  } finally {
    window.clearTimeout(clock)
  }
}

// push sends one entry; false when the server cannot be reached, so that others wait too.
async function push(id: string): Promise<boolean> {
  if (busy.has(id)) return true
  busy.add(id)
  try {
    return await round(id)
  } finally {
    busy.delete(id)
    show()
  }
}

async function round(id: string): Promise<boolean> {
  for (;;) {
    const e = read()[id]
    if (!e || (e.state !== 'waiting' && e.state !== 'login')) return true
    const attempt: Attempt = e.tried ?? e
    const first = e.tried !== undefined
    if (!first) change(id, (x) => x && { ...x, sent: true })
    tell(e, 'Đang lưu…', '')
    let answer: Response
    try {
      answer = await ask(e, attempt)
    } catch {
      return missed(e)
    }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return missed(e)
    if (answer.status === 401 || answer.type === 'opaqueredirect') return settle(id, 'login', 'Phiên đăng nhập đã hết. Hãy đăng nhập lại; số liệu vẫn còn trên máy này và sẽ tự gửi.', e)
    const parts = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (answer.status === 200) {
      pause = 2_000
      const base = parts.querySelector<HTMLInputElement>('input[name="base"]')?.value ?? '0'
      const mine = parts.querySelector('[data-same]') !== null
      const now = read()[id]
      if (first) {
        change(id, (x) => x && { ...x, tried: undefined, base: mine ? base : x.base })
        continue
      }
      if (now && now.key === attempt.key) {
        change(id, () => undefined)
        put(parts)
        clean(e, now.fields, mine)
        return true
      }
      // Something newer was typed meanwhile: it rests on what was recorded now.
      change(id, (x) => x && { ...x, tried: undefined, base: mine ? base : x.base, sent: false })
      continue
    }
    if (first && answer.status === 422) {
      change(id, (x) => x && { ...x, tried: undefined })
      continue
    }
    const said = (parts.querySelector('.govuk-error-message') ?? parts.body).textContent?.replace(/\s+/g, ' ').trim().slice(0, 300) ?? ''
    if (answer.status === 422) {
      put(parts)
      settle(id, 'wrong', said.replace(/^Lỗi:\s*/, ''), e)
      if (pressed === id) document.querySelector<HTMLElement>(`#${formOf(e)?.id ?? 'x'} .govuk-input--error, #${formOf(e)?.id ?? 'x'} .govuk-form-group--error input`)?.focus()
      return true
    }
    if (answer.status === 409 && parts.querySelector('.clash')) {
      put(parts)
      if (pressed === id) document.querySelector<HTMLElement>('.clash')?.focus()
      return settle(id, 'clash', 'Người khác vừa sửa số liệu này; hãy mở chỉ tiêu và chọn một trong hai giá trị.', e)
    }
    return settle(id, 'refused', said || 'Máy chủ không nhận.', e)
  }
}

function missed(e: Entry): boolean {
  tell(e, 'Chưa gửi – còn trên máy này', 'keep')
  later()
  return false
}

function settle(id: string, state: Entry['state'], said: string, e: Entry): boolean {
  change(id, (x) => x && { ...x, state, said, sent: false, tried: state === 'login' ? x.tried ?? (x.sent ? { key: x.key, base: x.base, fields: x.fields } : undefined) : undefined })
  tell(e, state === 'wrong' ? 'Chưa lưu, cần sửa' : 'Chưa gửi – còn trên máy này', 'keep')
  return true
}

// put places what the server answered where it belongs.
function put(parts: Document): void {
  for (const fresh of parts.querySelectorAll<HTMLElement>('[data-put]')) {
    const old = document.querySelector(`[data-put="${CSS.escape(fresh.dataset.put ?? '')}"]`)
    if (!old) continue
    const open = old.querySelector('details[open]') !== null
    old.replaceWith(fresh)
    const details = fresh.querySelector('details')
    if (open && details) details.open = true
  }
}

// clean takes the marks of an earlier error off, and says when it was saved in the bar below.
function clean(e: Entry, sent: Record<string, string>, mine: boolean): void {
  const form = formOf(e)
  if (!form) return
  delete form.dataset.left
  for (const bad of form.querySelectorAll('.govuk-error-message')) bad.remove()
  for (const name of ['govuk-form-group--error', 'govuk-input--error']) {
    for (const bad of form.querySelectorAll(`.${name}`)) bad.classList.remove(name)
  }
  const bar = document.querySelector('[data-saved]')
  const state = form.querySelector('[data-state]')
  if (bar && state) bar.innerHTML = state.innerHTML
  if (!mine && same(sent, fieldsOf(form))) location.reload() // what stands is newer than what is shown
  if (!same(sent, fieldsOf(form)) && whole(form)) void save(form)
}

function tell(e: Entry, text: string, kind: string): void {
  const form = formOf(e)
  const at = form?.querySelector('[data-state]')
  if (!form || !at) return
  at.textContent = text
  at.classList.toggle('keep', kind === 'keep')
  if (kind === 'keep') form.dataset.left = ''
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

// show lists what is still on this device, on every page of a sheet.
function show(): void {
  if (!hold) return
  const all = Object.entries(read())
  hold.hidden = all.length === 0
  const bar = document.querySelector('[data-saved]')
  if (bar && all.length > 0) bar.innerHTML = `<b class="keep">Chưa gửi – còn trên máy này (${all.length})</b>`
  else if (bar?.querySelector('.keep')) bar.replaceChildren()
  if (all.length === 0) return void hold.replaceChildren()
  const lines = all.map(([, e]) => `<li><a href="${escaped(e.page)}">${escaped(e.name)}</a>${e.said ? ': ' + escaped(e.said) : ''}</li>`)
  const login = all.some(([, e]) => e.state === 'login')
  hold.innerHTML = `<b role="status">Chưa gửi – còn trên máy này (${all.length})</b><ul>${lines.join('')}</ul><div class="acts">` +
    (login ? `<a class="btn btn--s" href="/dang-nhap?tiep=${encodeURIComponent(location.pathname + location.search)}">Đăng nhập lại</a>` : '') +
    '<button type="button" class="btn btn--2 btn--s" data-act="send">Gửi lại ngay</button>' +
    '<button type="button" class="btn btn--2 btn--s" data-act="csv">Tải về (.csv)</button>' +
    '<button type="button" class="btn btn--2 btn--s" data-act="json">Tải về (.json)</button>' +
    '<button type="button" class="btn btn--risk btn--s" data-act="drop">Bỏ các số liệu này</button></div>'
}

const columns = ['value', 'male', 'female', 'share', 'numerator', 'denominator', 'male_numerator', 'male_denominator', 'female_numerator', 'female_denominator']

// cell writes a field of a .csv; a text that a spreadsheet would take for a formula gets an apostrophe.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function csv(all: Entry[]): string {
  const head = ['commune', 'set', 'indicator', 'period', ...columns, 'note']
  const rows = all.map((e) => {
    const value = (c: string): string => (e.fields['khong-ap-dung'] ? (c === 'value' ? 'không áp dụng' : '') : e.fields[c] ?? '')
    return [e.place, e.set, e.code, e.period, ...columns.map(value), e.fields['ghi-chu'] ?? '']
  })
  return '\ufeff' + [head, ...rows].map((r) => r.map(cell).join(',')).join('\r\n') + '\r\n'
}

function download(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

hold?.addEventListener('click', (event) => {
  const act = (event.target as HTMLElement).closest<HTMLElement>('[data-act]')?.dataset.act
  const all = Object.values(read())
  if (act === 'csv') download('chua-gui.csv', 'text/csv', csv(all))
  if (act === 'json') download('chua-gui.json', 'application/json', JSON.stringify(all, null, 1))
  if (act === 'send') {
    pause = 2_000
    const kept = read()
    for (const e of Object.values(kept)) if (e.state === 'refused') e.state = 'waiting'
    write(kept)
    void flush()
  }
  if (act === 'drop' && window.confirm(`Bỏ ${all.length} số liệu chưa gửi trên máy này? Không lấy lại được; nên tải về trước.`)) {
    write({})
    location.reload()
  }
})

// whole tells whether a form can be saved by itself: of a fraction both figures are there, or none.
function whole(form: HTMLFormElement): boolean {
  const f = fieldsOf(form)
  return ['', 'male_', 'female_'].every((p) => !f[p + 'numerator']?.trim() === !f[p + 'denominator']?.trim())
}

let pressed = ''

async function save(form: HTMLFormElement): Promise<void> {
  const id = take(form)
  if (!read()[id]) return form.submit() // nothing can be kept here: as without this script
  await push(id)
}

document.addEventListener('change', (event) => {
  const form = (event.target as HTMLElement).closest<HTMLFormElement>('form[data-save]')
  if (!form || !account) return
  if (whole(form)) {
    pressed = ''
    void save(form)
    return
  }
  const state = form.querySelector('[data-state]')
  if (state) state.textContent = 'Chưa lưu: nhập cả tử số và mẫu số'
})

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (!account || !form.matches('form[data-save], form[data-mine]')) return
  event.preventDefault()
  delete form.dataset.sent
  const id = idOf(form.action, form.dataset.set ?? '', form.dataset.code ?? '')
  if (form.matches('[data-mine]')) {
    // The person has seen the other value: mine rests on it now.
    change(id, (e) => e && { ...e, base: hidden(form, 'base'), key: newKey(), state: 'waiting', said: '', tried: undefined, sent: false })
    if (!read()[id]) return form.submit()
    pressed = id
    void push(id)
    return
  }
  pressed = id
  void save(form)
}, true)

document.addEventListener('click', (event) => {
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('[data-theirs]')
  if (!link || !account) return
  event.preventDefault()
  const form = document.querySelector<HTMLFormElement>(`form[data-save][data-set="${CSS.escape(link.dataset.set ?? '')}"][data-code="${CSS.escape(link.dataset.code ?? '')}"]`)
  if (form) change(idOf(form.action, form.dataset.set ?? '', form.dataset.code ?? ''), () => undefined)
  location.href = link.href
  location.reload()
})

// restore shows in the forms of this page what was typed and did not arrive.
function restore(): void {
  for (const e of Object.values(read())) {
    const form = formOf(e)
    if (!form) continue
    for (const input of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')) {
      if (['set', 'code', 'base', 'key', ''].includes(input.name)) continue
      const value = e.fields[input.name] ?? ''
      if (input instanceof HTMLInputElement && (input.type === 'radio' || input.type === 'checkbox')) input.checked = input.value === value && input.name in e.fields
      else input.value = value
      if (value) input.closest('details')?.setAttribute('open', '')
    }
    tell(e, 'Chưa gửi – còn trên máy này', 'keep')
  }
}

if (account) {
  restore()
  // What waited for a choice asks again, so that both values are shown.
  const all = read()
  for (const e of Object.values(all)) if (e.state === 'clash' && formOf(e)) e.state = 'waiting'
  write(all)
  show()
  void flush()
  window.addEventListener('online', () => {
    pause = 2_000
    void flush()
  })
  window.addEventListener('storage', (event) => { if (event.key === shelf) show() })
}

export {}
