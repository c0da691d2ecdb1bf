// Phiếu rà soát: a commune officer on a phone fills in and the leader sends; what the network loses stays on the device.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { faults, overflow, site, until } from './harness.mjs'

const s = site()
const sheet = '/xa/02407/ra-soat/2024-Q3'
const form = (page, code) => page.locator(`form[data-save][data-code="${code}"]`)
const saved = (page, code) => form(page, code).getByText('Đã lưu').waitFor()

/** type fills a field and leaves it, as a person does. */
const type = async (page, code, name, value) => {
  const field = form(page, code).locator(`[name="${name}"]`)
  await field.fill(value)
  await field.blur()
}

/** kept is what stays on the device. */
const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((k) => k.endsWith('.so')).map((k) => Number(localStorage.getItem(k))).reduce((a, b) => a + b, 0))

/** base is the number of the recording that a form rests on: it changes with each. */
const base = (page, code) => form(page, code).locator('[name=base]').inputValue()

s.test('men and women are entered on a phone; eight more people and it is met', async ({ login }) => {
  const page = await login('thaison.nhap', { phone: true })
  await page.goto('/xa/02407/ra-soat')
  assert.equal(new URL(page.url()).pathname, sheet)
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  await page.locator('main a', { hasText: /^Y tế$/ }).click()
  await page.waitForURL(/\/15\?/)
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  assert.match(await page.locator('[data-put="kq-15-1"]').innerText(), /thiếu 8 người/)
  await type(page, '15.1', 'male_numerator', '3.128')
  assert.match(await form(page, '15.1').innerText(), /nhập cả tử số và mẫu số/)
  await type(page, '15.1', 'male_denominator', '3.484')
  await saved(page, '15.1')
  await type(page, '15.1', 'female_numerator', '3.205')
  await type(page, '15.1', 'female_denominator', '3.520')
  await page.locator('[data-put="kq-15-1"]', { hasText: 'thiếu 8 người' }).waitFor()
  await form(page, '15.1').getByText('91,05').waitFor()
  await type(page, '15.1', 'male_numerator', '3.136')
  await page.locator('[data-put="kq-15-1"] .st-ok').waitFor()
  await page.locator('[data-saved]', { hasText: /Đã lưu lúc \d\d giờ \d\d/ }).waitFor()
  assert.equal(await kept(page), 0)
  await page.reload()
  assert.equal(await form(page, '15.1').locator('[name=male_numerator]').inputValue(), '3.136')
  const small = await page.locator('main button:visible, main summary:visible, nav.nav a:visible').evaluateAll((all) =>
    all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 44))
  assert.deepEqual(small, [], 'targets of less than 44 px')
})

s.test('without scripts each figure has its button, and an error keeps what was typed', async ({ login }) => {
  const page = await login('thaison.nhap', { js: false, expect: [/status of 422/] })
  await page.goto(sheet + '/15')
  await form(page, '15.2').locator('input[value="đạt"]').check()
  await form(page, '15.2').getByRole('button', { name: 'Lưu' }).click()
  assert.match(page.url(), /#ct-15-2$/)
  assert.ok(await form(page, '15.2').locator('input[value="đạt"]').isChecked())
  await form(page, '15.4').locator('[name=numerator]').fill('99')
  await form(page, '15.4').locator('[name=denominator]').fill('9')
  await form(page, '15.4').getByRole('button', { name: 'Lưu' }).click()
  assert.match(await page.locator('.govuk-error-summary').innerText(), /15\.4: Tử số 99/)
  assert.equal(await form(page, '15.4').locator('[name=numerator]').inputValue(), '99')
})

s.test('the network is cut during a save: it stays, survives a reload, and arrives once', async ({ login }) => {
  const page = await login('thaison.nhap', { phone: true, expect: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load/] })
  await page.goto(sheet + '/15')
  let asked = 0
  // The first answer is lost on its way back: the server has recorded it, the device does not know.
  await page.route('**/luu', async (route) => {
    asked++
    if (asked === 1) {
      await route.fetch()
      await page.offline(true)
      return route.abort('internetdisconnected')
    }
    return route.continue()
  })
  await type(page, '15.3', 'numerator', '90')
  await type(page, '15.3', 'denominator', '412')
  await page.locator('[data-unsent]', { hasText: 'Chưa gửi – còn trên máy này (1)' }).waitFor()
  assert.match(await form(page, '15.3').innerText(), /Chưa gửi – còn trên máy này/)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải về (.csv)' }).click()])
  assert.match(readFileSync(await file.path(), 'utf8'), /commune,set,indicator,period,value,male,female,share,numerator,denominator,.*\r\n02407,xa-ntm-2021-2025,15\.3,2024-Q3,,,,,90,412,/)
  await page.unroute('**/luu')
  await page.route('**/luu', (route) => route.abort('internetdisconnected'))
  await page.offline(false)
  await page.reload()
  assert.equal(await form(page, '15.3').locator('[name=numerator]').inputValue(), '90', 'shown again after a reload')
  assert.equal(await kept(page), 1)
  const recorded = await base(page, '15.3')
  assert.notEqual(recorded, '0', 'the server had recorded it')
  await page.unroute('**/luu')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await saved(page, '15.3')
  assert.equal(await base(page, '15.3'), recorded, 'recorded once')
  assert.equal(await kept(page), 0)
  assert.ok(await page.locator('[data-unsent]').isHidden())
})

s.test('two windows, one figure: both values are shown and one is chosen', async ({ login }) => {
  const expect = [/status of 409/]
  const first = await login('thaison.nhap', { expect }), second = await login('thaison.nhap', { phone: true })
  await first.goto(sheet + '/15')
  await second.goto(sheet + '/15')
  for (const [page, n] of [[first, '2000'], [second, '2100']]) {
    await page.evaluate(() => localStorage.clear())
    await type(page, '15.4', 'numerator', n)
    await type(page, '15.4', 'denominator', '3766')
    if (page === first) await saved(page, '15.4')
  }
  const box = second.locator('.clash')
  await box.waitFor()
  assert.match(await box.innerText(), /Đang có\s+53,11 %[\s\S]*Của bạn\s+55,76 %/)
  assert.deepEqual(await faults(second), [])
  await box.getByRole('button', { name: 'Giữ giá trị của tôi' }).click()
  await saved(second, '15.4')
  assert.equal(await second.locator('.clash').count(), 0)
  await type(first, '15.4', 'numerator', '1000')
  await first.locator('.clash').getByText('Lấy giá trị đang có').click()
  await until(async () => await form(first, '15.4').locator('[name=numerator]').inputValue().catch(() => '') === '2.100', 'the other value is shown')
  assert.equal(await kept(first), 0)
})

s.test('the session ends during a save: the value waits for the login and goes on', async ({ login }) => {
  const page = await login('thaison.nhap', { expect: [/status of 401/] })
  await page.goto(sheet + '/15')
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await form(page, '15.2').locator('input[value="chưa đạt"]').check()
  await page.locator('[data-unsent]', { hasText: 'Phiên đăng nhập đã hết' }).waitFor()
  await page.context().addCookies(cookies)
  await page.reload()
  await saved(page, '15.2')
  assert.equal(await kept(page), 0)
  // Another account on the same device never sees what is kept.
  await page.evaluate(() => localStorage.setItem('giuchuan.chua-gui.ai-do', JSON.stringify({ x: { name: 'bí mật', fields: {}, page: '/', url: '/' } })))
  await page.reload()
  assert.ok(!(await page.innerText('body')).includes('bí mật'))
})

s.test('a wrong figure stays with its error and is mended', async ({ login }) => {
  const page = await login('thaison.nhap', { expect: [/status of 422/] })
  await page.goto(sheet + '/15')
  await type(page, '15.4', 'numerator', '9999')
  await form(page, '15.4').locator('.govuk-error-message').waitFor()
  assert.equal(await form(page, '15.4').locator('[name=numerator]').inputValue(), '9999')
  assert.equal(await kept(page), 1)
  await type(page, '15.4', 'numerator', '2200')
  await saved(page, '15.4')
  assert.equal(await form(page, '15.4').locator('.govuk-error-message').count(), 0)
  assert.equal(await kept(page), 0)
})

s.test('the leader sees what is missing and sends; the one who enters is not offered to', async ({ login }) => {
  const entry = await login('thaison.nhap')
  await entry.goto(sheet)
  assert.equal(await entry.getByRole('link', { name: 'Duyệt và gửi' }).count(), 0)
  const page = await login('thaison.lanhdao', { phone: true })
  await page.goto(sheet)
  await page.getByRole('link', { name: 'Duyệt và gửi' }).click()
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  assert.match(await page.innerText('main'), /\d+ chỉ tiêu đã có số liệu và chưa gửi/)
  await Promise.all([page.waitForURL('**' + sheet), page.getByRole('button', { name: 'Gửi', exact: true }).click()])
  assert.match(await page.innerText('main'), /Đã gửi/)
  await entry.goto(sheet + '/15')
  assert.equal(await entry.locator('form[data-save]').count(), 0)
})
