// The door: every role gets in, nobody else does.
import assert from 'node:assert/strict'
import { fillLogin, roles, site } from './harness.mjs'

const s = site()

for (const account of roles) {
  s.test(`${account} logs in and comes to a page of its own`, async ({ visit }) => {
    const page = await visit({ phone: account.startsWith('thaison') })
    await fillLogin(page, account, s.password)
    assert.match(new URL(page.url()).pathname, /^\/(tong-quan|quan-tri|bo-tieu-chi|viec-cua-toi)$/)
    assert.equal(await page.locator('h1').count(), 1)
    assert.ok(await page.locator('a[href="/tai-khoan"]').count(), 'the page leads to the person\'s own account')
  })
}

s.test('a wrong password: an error summary, the name kept', async ({ visit }) => {
  const page = await visit({ expect: [/422/] })
  await fillLogin(page, 'lanhdao', 'khong-phai-mat-khau')
  const summary = page.locator('.govuk-error-summary')
  await summary.waitFor()
  assert.equal(await page.inputValue('input[name=ten]'), 'lanhdao')
  assert.equal(await page.inputValue('input[name=mat-khau]'), '', 'a password never comes back')
})

s.test('an address asked for is opened after the login; a logout ends it', async ({ visit }) => {
  const page = await visit()
  await page.goto('/ma-tran?huyen=074')
  assert.equal(new URL(page.url()).pathname, '/dang-nhap')
  await page.fill('input[name=ten]', 'hamyen.phong')
  await page.fill('input[name=mat-khau]', s.password)
  await Promise.all([page.waitForURL('**/ma-tran?huyen=074'), page.locator('main form button').first().click()])
  await page.locator('form[action="/dang-xuat"] button').first().click()
  await page.waitForURL('**/dang-nhap')
  await page.goto('/ma-tran')
  assert.equal(new URL(page.url()).pathname, '/dang-nhap')
})
