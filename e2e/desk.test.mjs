// What offices do with a sheet: return and mend, and the lines that did not change in one act.
import assert from 'node:assert/strict'
import { faults, overflow, site } from './harness.mjs'

const s = site()
const period = '2024-Q3'
const minhDan = `/xa/02389/ra-soat/${period}/xem-xet`

s.test('a login leads a district to its work, and the navigation says how much waits', async ({ login }) => {
  const page = await login('hamyen.phong')
  await page.goto('/viec-cua-toi')
  assert.match(await page.innerText('main'), /Thẩm tra \d+ chỉ tiêu xã đã gửi\s+Xã Minh Dân/)
  const count = await page.innerText('nav.nav a[aria-current=page] .count')
  assert.equal(Number(count), await page.locator('.tasks li').count())
  assert.deepEqual(await faults(page), [])
})

s.test('a line is returned with a reason, at phone size and without scripts', async ({ login }) => {
  const page = await login('hamyen.phong', { phone: true, js: false, expect: [/422/] })
  await page.goto(minhDan)
  const line = page.locator('#tung-dong .line').first()
  const code = (await line.locator('h3 .mut').innerText()).trim()
  await line.locator('summary').click()
  await line.getByRole('button', { name: `Trả lại chỉ tiêu ${code}` }).click()
  assert.match(await page.innerText('.govuk-error-summary'), /Nhập lý do/)
  await page.fill('#ly-do', 'thiếu biên bản đo đạc')
  await page.getByRole('button', { name: `Trả lại chỉ tiêu ${code}` }).click()
  assert.match(await page.innerText('main'), /Đã trả lại 1 dòng cho xã/)
  assert.match(await page.innerText('.states'), /bị trả lại/)
})

s.test('the lines that did not change are verified in one act and the others stay', async ({ login }) => {
  const page = await login('hamyen.phong', { phone: true })
  await page.goto(minhDan)
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  const others = await page.locator('#tung-dong .line').count()
  const button = page.getByRole('button', { name: /Thẩm tra cả \d+ dòng/ })
  const many = Number(/\d+/.exec(await button.innerText())[0])
  await button.click()
  await page.waitForURL(/xong=tham-tra/)
  assert.match(await page.innerText('main'), new RegExp(`Đã thẩm tra ${many} dòng`))
  assert.equal(await page.locator('#tung-dong .line').count(), others)
  assert.equal(await button.count(), 0)
})

s.test('a district verifies over all its communes from its page', async ({ login }) => {
  const page = await login('hamyen.lanhdao')
  await page.goto('/huyen/074')
  await page.getByRole('button', { name: /Thẩm tra \d+ dòng không đổi của \d+ xã/ }).click()
  await page.waitForURL(/xong=tham-tra/)
  assert.match(await page.innerText('#ra-soat'), /Đã thẩm tra \d+ dòng/)
})

s.test('an agency confirms what did not change, fills a column, and reads no other agency', async ({ login }) => {
  const page = await login('soyte', { expect: [/403/] })
  await page.goto('/so-nganh/so-y-te.1')
  assert.deepEqual(await faults(page), [])
  await page.getByRole('button', { name: /Xác nhận \d+ dòng không đổi/ }).click()
  await page.waitForURL(/xong=xac-nhan/)
  await page.goto('/so-nganh/so-y-te.1?chi-tieu=xa-ntm-2021-2025/15.1')
  await page.fill('#dan', '02407\t3136\t3484\t3205\t3520')
  await page.getByRole('button', { name: 'Xem trước thay đổi' }).click()
  assert.match(await page.innerText('#xem-truoc'), /Thái Sơn/)
  await page.getByRole('button', { name: 'Ghi 1 giá trị' }).click()
  await page.waitForURL(/xong=nhap/)
  assert.match(await page.innerText('main'), /3\.136\/3\.484/)
  const other = await page.goto('/so-nganh/thong-ke.1')
  assert.equal(other.status(), 403)
})
