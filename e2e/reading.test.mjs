// What leaders and officers read: the overview, the map, the table of criteria, a commune's dossier.
import assert from 'node:assert/strict'
import { faults, overflow, site } from './harness.mjs'

const s = site()

s.test('the overview says the truth first and leads to the communes it names', async ({ login }) => {
  const page = await login('lanhdao')
  await page.goto('/tong-quan')
  assert.match(await page.innerText('main'), /\d+ trên 48 xã giữ vững, nhưng mới \d+ xã được/)
  assert.ok(await page.locator('.demo').innerText().then((t) => t.includes('SỐ LIỆU MINH HỌA')))
  await Promise.all([page.waitForURL('**/xa/02389'), page.locator('main a[href="/xa/02389"]:visible').first().click()])
  assert.match(await page.innerText('main'), /Thuộc diện xem xét thu hồi: 13\/19 đạt/)
})

s.test('the map links every judged commune and says so without colour', async ({ login }) => {
  const page = await login('lanhdao')
  await page.goto('/ban-do')
  assert.ok(await page.locator('svg.map a[href^="/xa/"]').count() > 40)
  assert.match(await page.locator('svg.map a[href="/xa/02389"] title').first().textContent(), /Minh Dân: thuộc diện xem xét thu hồi/)
  assert.match(await page.innerText('body'), /không có giá trị pháp lý về địa giới/)
})

for (const js of [true, false]) {
  s.test(`the table of criteria is filtered ${js ? '' : 'without scripts '}and downloaded`, async ({ login }) => {
    const page = await login('lanhdao', { js })
    await page.goto('/ma-tran')
    const all = await page.locator('main tbody tr:has(a[href^="/xa/"])').count()
    await page.selectOption('select[name=huyen]', '074')
    await page.selectOption('select[name=tieu-chi]', '15')
    await Promise.all([page.waitForURL(/huyen=074/), page.locator('form.filters button').first().click()])
    const some = await page.locator('main tbody tr:has(a[href^="/xa/"])').count()
    assert.ok(some > 0 && some < all, `${some} of ${all} communes are left`)
    assert.match(await page.innerText('main'), /90,42/)
    assert.equal(await page.locator('select[name=huyen]').inputValue(), '074', 'the filter stays')
    const csv = page.locator('a[href*="bang.csv"]').first()
    const [file] = await Promise.all([page.waitForEvent('download'), csv.click()])
    assert.match(file.suggestedFilename(), /^bang-tieu-chi-2024-10-01\.csv$/)
  })
}

for (const js of [true, false]) {
  s.test(`Thử xem ${js ? '' : 'without scripts '}tests a commune again and saves nothing`, async ({ login }) => {
    const page = await login('lanhdao', { js })
    await page.goto('/xa/02389')
    const before = await page.locator('main .facts-line').innerText()
    await page.locator('input[name=dat][value="2"]').check()
    await Promise.all([page.waitForURL(/dat=2/), page.getByRole('button', { name: 'Thử xem' }).click()])
    assert.match(await page.innerText('main'), /14\/19|5\/19/, 'one criterion fewer is unmet')
    await page.goto('/xa/02389')
    assert.equal(await page.locator('main .facts-line').innerText(), before)
  })
}

s.test('the dossier fits a phone and says by how many people the commune falls short', async ({ login }) => {
  const page = await login('thaison.nhap', { phone: true })
  await page.goto('/xa/02407')
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  assert.match((await page.textContent('main')).replace(/\s+/g, ' '), /thiếu 8 người/)
  const small = await page.locator('main button:visible, main summary:visible, nav a:visible').evaluateAll((all) =>
    all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 44))
  assert.deepEqual(small, [], 'targets of less than 44 px')
})

s.test('a commune does not open its neighbour, and is told what to do', async ({ login, t }) => {
  const page = await login('thaison.nhap', { phone: true, expect: [/status of 40[34]/] })
  const answer = await page.goto('/xa/02389')
  assert.ok([403, 404].includes(answer.status()), String(answer.status()))
  const text = await page.innerText('main')
  const id = /[0-9a-z]{4}-[0-9a-z]{4}/.exec(text)?.[0]
  assert.ok(id && s.log.includes(id), `the page shows an id that stands in the log: ${text}`)
  t.diagnostic(`refused with ${answer.status()}`)
})

s.test('pages print: the demonstration says so, navigation stays away', async ({ login }) => {
  const page = await login('lanhdao')
  for (const path of ['/tong-quan', '/xa/02389', '/ma-tran?huyen=074']) {
    await page.emulateMedia({ media: 'screen' })
    await page.goto(path)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('nav.nav:visible').count(), 0, `${path} prints its navigation`)
    assert.ok(await page.locator('.demo:visible').count(), `${path} prints without SỐ LIỆU MINH HỌA`)
    const pdf = await page.pdf({ format: 'A4', printBackground: true })
    const sheets = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length
    if (path === '/tong-quan') assert.equal(sheets, 1, `the overview prints on ${sheets} pages of A4, not one`)
    assert.ok(sheets >= 1 && sheets <= 12, `${path} prints on ${sheets} pages`)
  }
})

s.test('the checks of this suite find what they look for', async ({ visit }) => {
  const page = await visit({ phone: true })
  await page.goto('/')
  await page.evaluate(() => {
    const bad = document.createElement('div')
    bad.innerHTML = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><button></button><p>x</p>'
    bad.lastChild.textContent = 'x'.repeat(400)
    document.querySelector('main').append(bad)
  })
  const found = (await faults(page)).join('\n')
  assert.match(found, /image-alt/)
  assert.match(found, /button-name/)
  assert.ok(await overflow(page) > 0)
})
