// What every page gains where scripts run. Each page is complete without it.

// A second press of a button within this time sends nothing: slow networks make people press again.
const pressAgainAfter = 3000

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const sent = Number(form.dataset.sent ?? 0)
  if (Date.now() - sent < pressAgainAfter) {
    event.preventDefault()
    return
  }
  form.dataset.sent = String(Date.now())
})

// The page may be shown again from memory after "back": its forms can be sent then.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

// <button type="button" hidden data-print>: printing needs a script, so the button shows only with one.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// <button type="button" hidden data-copy="id">: copies the text of a field; without a script it can be selected by hand.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy ?? '') as HTMLTextAreaElement | null
  if (!field) continue
  button.hidden = false
  const words = button.textContent ?? ''
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = 'Đã sao chép'
    } catch {
      field.select()
      button.textContent = 'Bấm giữ để sao chép phần đã chọn'
    }
    setTimeout(() => (button.textContent = words), 2500)
  })
}
