// Photographs are made small on the phone before they are sent, and the list is renewed in place. Without this script
// the form sends the file as it is and the page is loaded again.

const most = 400 * 1024 // bytes of a photograph that is sent
const edge = 1600 // pixels of its longer edge
const smallest = 640

async function toJPEG(source: ImageBitmap, longer: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, longer / Math.max(source.width, source.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(source.width * scale))
  canvas.height = Math.max(1, Math.round(source.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
}

// shrink gives a smaller JPEG, or the file itself where that cannot be.
async function shrink(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.size <= most || typeof createImageBitmap !== 'function') return file
  try {
    const source = await createImageBitmap(file, { imageOrientation: 'from-image' })
    try {
      for (let longer = edge; longer >= smallest; longer = Math.round(longer * 0.8)) {
        for (const quality of [0.85, 0.75, 0.65, 0.55]) {
          const small = await toJPEG(source, longer, quality)
          if (small && small.type === 'image/jpeg' && small.size <= most) {
            return new File([small], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified })
          }
        }
      }
    } finally {
      source.close()
    }
  } catch {
    // A kind of picture this browser cannot draw: the server says what to do.
  }
  return file
}

interface Answer {
  status: number
  text: string
}

function post(url: string, body: FormData | URLSearchParams, onProgress: (share: number) => void): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('HX-Request', 'true')
    request.timeout = 300_000
    request.upload.onprogress = (e) => { if (e.lengthComputable) onProgress(e.loaded / e.total) }
    request.onload = () => done({ status: request.status, text: request.responseText })
    request.onerror = () => fail(new Error('network'))
    request.ontimeout = () => fail(new Error('time'))
    request.send(body)
  })
}

function kB(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`
}

// renew puts the server's list in place of the one shown, and keeps the file chosen when it was not taken.
function renew(list: Element, text: string, chosen: File | null): boolean {
  const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-evidence]')
  if (!fresh) return false
  list.replaceWith(fresh)
  const refused = fresh.querySelector('.govuk-error-message')
  if (refused && chosen) {
    const input = fresh.querySelector<HTMLInputElement>('input[type=file]')
    if (input && typeof DataTransfer === 'function') {
      const hold = new DataTransfer()
      hold.items.add(chosen)
      input.files = hold.files
    }
  }
  const target = fresh.querySelector<HTMLElement>('.govuk-form-group--error :is(input, select), summary')
  target?.focus()
  return true
}

async function send(form: HTMLFormElement, list: Element): Promise<void> {
  const status = form.querySelector<HTMLElement>('[data-evidence-status]')
  const button = form.querySelector<HTMLButtonElement>('button')
  const say = (text: string, share?: number) => {
    if (!status) return
    status.textContent = text
    if (share === undefined) return
    const bar = document.createElement('progress')
    bar.max = 1
    bar.value = share
    bar.setAttribute('aria-label', 'Đã gửi')
    status.append(bar)
  }
  const input = form.querySelector<HTMLInputElement>('input[type=file]')
  const chosen = input?.files?.[0] ?? null
  const body = new FormData(form)
  if (button) button.disabled = true
  try {
    if (chosen) {
      say('Đang thu nhỏ ảnh…')
      const small = await shrink(chosen)
      body.delete('tep')
      body.append('tep', small, small.name)
      say(`Đang gửi ${kB(small.size)}…`, 0)
    }
    const answer = await post(form.action, body, (share) => say(`Đang gửi… ${Math.round(share * 100)} %`, share))
    if ((answer.status === 200 || answer.status === 422) && renew(list, answer.text, chosen)) return
    if (answer.status === 401) say('Phiên đăng nhập đã hết. Hãy đăng nhập lại ở một thẻ khác rồi bấm gửi lại.')
    else say(new DOMParser().parseFromString(answer.text, 'text/html').body.textContent?.trim() || 'Máy chủ chưa nhận tệp. Hãy gửi lại.')
  } catch {
    say('Chưa gửi được, có thể do mạng. Tệp vẫn còn ở đây; hãy bấm gửi lại khi có mạng.')
  }
  if (button) button.disabled = false
  delete form.dataset.sent
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const list = form.closest('[data-evidence]')
  if (!list || event.defaultPrevented) return
  event.preventDefault()
  void send(form, list)
})
