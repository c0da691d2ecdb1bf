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

// What the camera wrote (EXIF) lies in one segment of a JPEG. It goes along with the smaller picture, because time and
// place are part of the evidence; the server keeps them for those only who may open the original.
async function cameraSegment(file: File): Promise<Uint8Array | null> {
  const head = new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer())
  const view = new DataView(head.buffer)
  if (head.length < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 <= head.length && head[at] === 0xff;) {
    const size = view.getUint16(at + 2)
    if (size < 2 || at + 2 + size > head.length) return null
    const name = String.fromCharCode(...head.subarray(at + 4, at + 8))
    if (head[at + 1] === 0xe1 && name === 'Exif') {
      const segment = head.slice(at, at + 2 + size)
      return upright(segment) ? segment : null
    }
    at += 2 + size
  }
  return null
}

// upright says in the segment that the picture stands as it is seen: the canvas has turned it already.
function upright(segment: Uint8Array): boolean {
  const view = new DataView(segment.buffer, 10) // behind the marker, the size and "Exif\0\0"
  try {
    const little = view.getUint16(0) === 0x4949
    const first = view.getUint32(4, little)
    for (let n = view.getUint16(first, little), at = first + 2; n > 0; n--, at += 12) {
      if (view.getUint16(at, little) === 0x0112) view.setUint16(at + 8, 1, little)
    }
    return true
  } catch {
    return false // outside the segment: not as cameras write it
  }
}

// shrink gives a smaller JPEG, or the file itself where that cannot be.
async function shrink(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.size <= most || typeof createImageBitmap !== 'function') return file
  try {
    const written = await cameraSegment(file)
    const source = await createImageBitmap(file, { imageOrientation: 'from-image' })
    try {
      for (let longer = edge; longer >= smallest; longer = Math.round(longer * 0.8)) {
        for (const quality of [0.85, 0.75, 0.65, 0.55]) {
          const small = await toJPEG(source, longer, quality)
          if (small && small.type === 'image/jpeg' && small.size + (written?.length ?? 0) <= most) {
            const parts: BlobPart[] = written ? [small.slice(0, 2), written.buffer as ArrayBuffer, small.slice(2)] : [small]
            return new File(parts, file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified })
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
  const summary = list.previousElementSibling
  if (!fresh.querySelector('.govuk-error-message') && summary?.classList.contains('govuk-error-summary')) summary.remove()
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
  const target = fresh.querySelector<HTMLElement>('.govuk-form-group--error :is(input, select)') ?? fresh.querySelector<HTMLElement>('.mc-add > summary')
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
