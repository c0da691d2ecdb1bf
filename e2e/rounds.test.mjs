// A round of review: opened, followed, filled from files, closed.
import assert from 'node:assert/strict'
import { faults, overflow, phone, site } from './harness.mjs'

const s = site()

// sound looks at the page at both widths.
async function sound(page, name) {
  const size = page.viewportSize()
  assert.deepEqual(await faults(page), [], name)
  await page.setViewportSize(phone)
  const wide = await overflow(page)
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the phone`)
  assert.deepEqual(await faults(page), [], `${name} on a phone`)
  await page.setViewportSize(size)
}

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

s.test('the coordination office opens a round and reads how far it is', async ({ login }) => {
  const page = await login('vpdp')
  await page.goto('/dot-ra-soat/moi')
  await page.fill('#ten', 'Rà soát thử')
  await page.selectOption('#ky', '2024-Q4')
  await page.fill('#van-ban', '12/KH-UBND')
  await page.fill('#ngay-van-ban', '01/9/2024')
  await page.click('text=Xem xã nào tham gia')
  await page.locator('h1', { hasText: 'xã sẽ tham gia' }).waitFor()
  await sound(page, 'the communes that take part')
  await page.click('button[value=mo]')
  await page.locator('h1', { hasText: 'Rà soát thử' }).waitFor()
  await page.locator('summary', { hasText: 'Tin nhắn nhắc' }).first().click()
  assert.match(await page.locator('textarea').first().inputValue(), /gửi kết quả đợt/)
  await sound(page, 'the page of a round')
  const at = new URL(page.url()).pathname
  await page.goto(at + '/han')
  await sound(page, 'the deadlines')
  await page.goto(at + '/chot')
  await sound(page, 'before the closing')
})

s.test('a commune brings a workbook in, looks at it and records it', async ({ login }) => {
  const page = await login('thaison.nhap')
  await page.goto('/bang-tinh')
  await page.selectOption('#ky', '2024-Q4')
  await page.setInputFiles('#tep', file('phiếu.csv', 'commune,set,indicator,value\n02407,xa-ntm-2021-2025,10,46\n02392,xa-ntm-2021-2025,10,50\n'))
  await page.click('text=Kiểm tra tệp')
  await page.locator('h1', { hasText: '1 ô không nhận được' }).waitFor()
  await sound(page, 'a file with a refused cell')
  await page.goto('/bang-tinh')
  await page.selectOption('#ky', '2024-Q4')
  await page.setInputFiles('#tep', file('phiếu.csv', 'commune,set,indicator,value\n02407,xa-ntm-2021-2025,10,46\n'))
  await page.click('text=Kiểm tra tệp')
  await page.click('text=Ghi 1 số liệu vào phiếu')
  await page.locator('text=Đã ghi 1 số liệu từ tệp').waitFor()
})

s.test('a matrix of another office is read through a mapping', async ({ login }) => {
  const page = await login('thaison.nhap')
  await page.goto('/bang-tinh')
  await page.selectOption('#ky', '2024-Q4')
  await page.setInputFiles('#tep', file('biểu.csv', 'BIỂU TỔNG HỢP\nTT,Xã,Thu nhập,Y tế,Tiêu chí 18\n,,,15.2,\n1,Thái Sơn,"46,5",Đ,\n'))
  await page.click('text=Kiểm tra tệp')
  await page.locator('h1', { hasText: 'Cách đọc bảng' }).waitFor()
  await sound(page, 'the mapping of a table')
  await page.fill('#ten', 'Biểu của huyện')
  await page.click('text=Lưu cách đọc và kiểm tra tệp')
  await page.locator('h1', { hasText: 'Tệp ghi được' }).waitFor()
  await sound(page, 'a matrix looked through')
})

s.test('the round is closed; what changes later is listed', async ({ login }) => {
  const page = await login('vpdp')
  await page.goto('/dot-ra-soat')
  await page.locator('.rd-list a', { hasText: 'Rà soát thử' }).click()
  await page.click('text=Chốt số liệu')
  await page.check('#dong-y')
  await page.click('button.btn--risk')
  await page.locator('h1', { hasText: 'Điều chỉnh sau chốt' }).waitFor()
  assert.match(await page.innerText('main'), /vẫn đúng như lúc chốt/)
  await sound(page, 'after the closing')
})
