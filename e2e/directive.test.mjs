// A notice from the browser to a confirmed duty: the office takes it in, a district works off a duty with proof, the
// office returns it once and then confirms it, and the leader's page moves.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faults, overflow, site } from './harness.mjs'

const s = site()
const root = join(dirname(fileURLToPath(import.meta.url)), '..')

// The demonstration's notice once more, now with the number and the day that were left blank.
const number = '112/TB-UBND'
const notice = readFileSync(join(root, 'internal/app/demo/thong-bao.md'), 'utf8')
  .replace('Số: /TB-UBND', `Số: ${number}`).replace('ngày tháng 6 năm 2024', 'ngày 12 tháng 6 năm 2024')
const real = join(root, '../shared/notice/notice.md')

const district = 'UBND huyện Hàm Yên'
let paper = '' // /chi-dao/… of the notice
let duty = '' // /nhiem-vu/… of Hàm Yên's 1.2b

/** flat is what a person reads in a part of a page, on one line. */
const flat = async (at) => (await at.innerText()).replace(/\s+/g, ' ').trim()
const main = (page) => flat(page.locator('main'))

/** press follows a button to the page that answers it. */
async function press(page, button) {
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()])
}

/** card is the proposed duty with a reference. */
const card = (page, ref) => page.locator(`.cd-task:has(h3 :text-is("${ref}"))`)

/** act opens one of the folded acts of a task, fills it and sends it. */
async function act(page, title, values) {
  const form = page.locator('details.tk-act').filter({ has: page.locator('summary', { hasText: new RegExp(`^${title}$`) }) })
  if (await form.getAttribute('open') === null) await form.locator('summary').click()
  for (const [label, value] of Object.entries(values)) {
    const field = form.getByLabel(label, { exact: true })
    if (await field.evaluate((e) => e.tagName === 'SELECT')) await field.selectOption({ label: value })
    else await field.fill(value)
  }
  await press(page, form.getByRole('button', { name: title, exact: true }))
}

/** totals are the tiles of /nhiem-vu by their words. */
async function totals(page) {
  await page.goto('/nhiem-vu')
  return Object.fromEntries(await page.locator('.tot > div').evaluateAll((all) =>
    all.map((e) => [e.querySelector('span').textContent.trim(), Number(e.querySelector('b').textContent)])))
}

/** late counts the overdue duties under "Việc cần lãnh đạo quyết", body by body. */
async function late(page) {
  await page.goto('/tong-quan')
  const counts = await page.locator('li > b').evaluateAll((all) =>
    all.map((e) => /^(.*): (\d+) nhiệm vụ quá hạn$/.exec(e.textContent.trim())).filter(Boolean).map(([, body, n]) => [body, Number(n)]))
  return { of: Object.fromEntries(counts), all: counts.reduce((sum, [, n]) => sum + n, 0) }
}

const overdue = 'quá hạn, chưa hoàn thành'
const before = { 'nhiệm vụ giao đơn vị': 155, [overdue]: 2, 'đang thực hiện, trong hạn': 1, 'hoàn thành đúng hạn': 5, 'hoàn thành quá hạn': 0, 'không có thời hạn, chưa xong': 140, 'thường xuyên': 7 }

s.test('on 01/10/2024 the plans of Hàm Yên stand at 4/5, one day overdue', async ({ login }) => {
  const page = await login('vpubnd')
  assert.deepEqual(await totals(page), before)
  await page.goto('/nhiem-vu?don-vi=ubnd-074.1&muc=1.7')
  assert.match(await flat(page.locator('.tk-list tbody')), new RegExp(`^1\\.7 .*${district} .*30/09/2024 .*quá hạn 1 ngày đã xong 4/5$`))
  await press(page, page.locator('.tk-list th a'))
  assert.match(await main(page), /Tình trạng quá hạn 1 ngày ?đã xong 4\/5/)
  assert.match(await flat(page.getByRole('row', { name: /Xã Nhân Mục/ })), /chưa xong$/)
  assert.match(await flat(page.getByRole('row', { name: /Xã Minh Dân/ })), /27\/09\/2024 .*xong$/)
  const leader = await login('lanhdao')
  assert.deepEqual(await late(leader), { of: { 'UBND huyện Chiêm Hóa': 1, [district]: 1 }, all: 2 })
  assert.match(await flat(leader.locator('li', { hasText: `${district}: 1 nhiệm vụ quá hạn` })), /Nhiệm vụ 1\.7, .*hạn 30\/09\/2024, quá hạn 1 ngày, đã xong 4\/5/)
})

s.test('the district reads it on a phone', async ({ login }) => {
  const page = await login('hamyen.phong', { phone: true })
  await page.goto('/nhiem-vu?don-vi=ubnd-074.1&muc=1.7')
  assert.equal(await overflow(page), 0)
  await press(page, page.locator('.tk-list th a'))
  assert.match(await main(page), /Tình trạng quá hạn 1 ngày ?đã xong 4\/5/)
  for (const summary of await page.locator('main summary').all()) await summary.click()
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
})

s.test('a pasted notice stands beside the duties it proposes, each with its place in the text', async ({ login }) => {
  const page = await login('vpubnd')
  await page.goto('/chi-dao')
  await press(page, page.getByRole('link', { name: 'Nhập văn bản' }))
  await page.getByLabel('Hoặc dán toàn văn').fill(notice)
  await page.getByLabel('Đây là văn bản minh họa, không phải văn bản thật').check()
  await press(page, page.getByRole('button', { name: 'Đọc văn bản' }))
  paper = new URL(page.url()).pathname.replace(/\/doc$/, '')

  assert.match(await main(page), /29 nhiệm vụ · 2 thời hạn có ngày · 1 văn bản dẫn chiếu · Số: 112/)
  assert.match(await flat(page.locator('.cd-facts')), /Số, ký hiệu 112\/TB-UBND Ngày 12\/06\/2024 .*Cuộc họp 07\/06\/2024.*Nơi nhận 20 dòng/)
  assert.match(await flat(page.locator('#bao-phu')), /Sở Lao động - Thương binh và Xã hội dự họp nhưng không có trong nơi nhận/)

  const [text, duties] = [await page.locator('.cd-text').boundingBox(), await page.locator('.cd-duties').boundingBox()]
  assert.ok(text.x + text.width <= duties.x && Math.abs(text.y - duties.y) < 2, 'the text and its duties stand side by side')
  const dated = await page.locator('.cd-task h3', { hasText: /hạn \d/ }).evaluateAll((all) => all.map((e) => e.innerText.replace(/\s+/g, ' ').trim()))
  assert.deepEqual(dated.map((d) => d.replace(/ độ tin cậy.*/, '')), ['1.7 hạn 30/09/2024', '3b hạn 31/12/2024'])

  const link = card(page, '1.7').locator('h3 a')
  const target = await link.getAttribute('href')
  const mark = page.locator(`mark:has(${target})`)
  const plain = await mark.evaluate((e) => getComputedStyle(e).backgroundColor)
  await link.click()
  assert.match(await flat(mark), /Đôn đốc đơn vị tư vấn/)
  assert.notEqual(await mark.evaluate((e) => getComputedStyle(e).backgroundColor), plain, 'the words are highlighted')
  assert.equal(await flat(page.locator('.cd-paper mark u', { hasText: 'Quý III' })), 'thời gian hoàn thành trong Quý III năm 2024')
  assert.ok(await mark.evaluate((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }), 'the words are in sight')
  assert.deepEqual(await faults(page), [])

  const leader = await login('lanhdao')
  assert.deepEqual(await totals(leader), before, 'nothing is given before a person confirms')
})

s.test('a person chooses who leads, corrects a duty, and only then gives the duties', async ({ login }) => {
  const page = await login('vpubnd', { expect: [/422/] })
  await page.goto(paper + '/doc')
  await press(page, page.locator('#xac-nhan').getByRole('button', { name: 'Xác nhận và giao nhiệm vụ' }))
  assert.match(await flat(page.locator('.govuk-error-summary')), /Mục 4/, 'no lead is chosen yet')

  await card(page, '4').getByLabel('Sở Tài chính', { exact: true }).check()
  await press(page, card(page, '4').getByRole('button', { name: 'Chọn' }))
  assert.match(await flat(card(page, '4')), /Sở Tài chính chủ trì Sở Kế hoạch và Đầu tư phối hợp/)

  await press(page, card(page, '1.2b').getByRole('link', { name: 'Sửa, tách, gộp mục 1.2b' }))
  const form = page.locator(`article:has(h3:has-text("Sửa nhiệm vụ")) form`)
  await form.getByLabel('Nội dung nhiệm vụ').fill('Xây dựng kế hoạch duy trì từng chỉ tiêu, có giải pháp, kinh phí, mốc thời gian')
  await form.getByLabel('Thời hạn', { exact: true }).selectOption({ label: 'đến ngày' })
  await form.getByLabel('Ngày', { exact: true }).fill('31/9/2024')
  await press(page, form.getByRole('button', { name: 'Ghi' }))
  assert.match(await flat(page.locator('.govuk-error-summary')), /ngày/i, 'there is no 31 September')
  assert.match(await form.getByLabel('Nội dung nhiệm vụ').inputValue(), /^Xây dựng kế hoạch duy trì/, 'what was typed is kept')
  await form.getByLabel('Ngày', { exact: true }).fill('27/09/2024')
  await press(page, form.getByRole('button', { name: 'Ghi' }))
  assert.match(await flat(card(page, '1.2b')), /^1\.2b hạn 27\/09\/2024 .*Xây dựng kế hoạch duy trì từng chỉ tiêu/)
  assert.match(await main(page), /29 nhiệm vụ · 3 thời hạn có ngày/)

  for (const box of await page.locator('#xac-nhan input[name=cho-danh-sach]').all()) await box.check()
  await press(page, page.locator('#xac-nhan').getByRole('button', { name: 'Xác nhận và giao nhiệm vụ' }))
  assert.equal(new URL(page.url()).pathname, paper)
  assert.match(await main(page), /đang theo dõi/)
  assert.match(await main(page), /Theo dõi thực hiện/)
  assert.deepEqual(await faults(page), [])
})

s.test('the notice is one table of its items and the bodies, and the totals move', async ({ login }) => {
  const page = await login('lanhdao')
  assert.deepEqual(await totals(page), { ...before, 'nhiệm vụ giao đơn vị': 310, [overdue]: 2 + 14, 'đang thực hiện, trong hạn': 2, 'không có thời hạn, chưa xong': 273, 'thường xuyên': 14 })
  await page.goto(paper + '/theo-doi')
  duty = await page.getByRole('link', { name: new RegExp(`${district}, 1\\.2b: quá hạn 4 ngày`) }).getAttribute('href')
  const led = await late(page)
  assert.equal(led.all, 2 + 14)
  assert.equal(led.of[district], 3)
})

s.test('a district acknowledges the notice and gives the duty to an office', async ({ login }) => {
  const page = await login('hamyen.lanhdao')
  await page.goto('/nhiem-vu/tiep-nhan')
  const row = page.getByRole('row').filter({ hasText: district }).filter({ hasText: number })
  assert.match(await flat(row), /chưa tiếp nhận/)
  await press(page, row.getByRole('button', { name: 'Tiếp nhận' }))
  assert.match(await main(page), /Đã ghi tiếp nhận/)
  assert.match(await flat(row), /đã tiếp nhận 01\/10\/2024/)

  await page.goto(duty)
  await act(page, 'Phân công', { 'Phòng, ban hoặc người thực hiện': 'Phòng Nông nghiệp và PTNT', 'Yêu cầu': 'gửi dự thảo trước ngày 20' })
  assert.match(await main(page), /Đã ghi: .*Phân công Phòng Nông nghiệp và PTNT/)
})

s.test('the office of the district reports with proof, on a phone', async ({ login }) => {
  const page = await login('hamyen.phong', { phone: true, expect: [/422/] })
  await page.goto(duty)
  assert.equal(await overflow(page), 0)
  const small = await page.locator('main button:visible, main summary:visible').evaluateAll((all) =>
    all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 44))
  assert.deepEqual(small, [], 'targets of less than 44 px')
  const report = { 'Ngày hoàn thành': '26/09/2024', 'Kết quả thực hiện': 'đã ban hành kế hoạch', 'Loại 1': 'Tệp minh chứng', 'Số, ký hiệu hoặc địa chỉ trang 1': '/minh-chung/khong-co', 'Nội dung minh chứng 1': 'kế hoạch duy trì' }
  await act(page, 'Báo cáo hoàn thành', report)
  assert.match(await flat(page.locator('.govuk-error-summary')), /Không có tệp minh chứng/)
  assert.equal(await page.getByLabel('Kết quả thực hiện').inputValue(), 'đã ban hành kế hoạch', 'what was typed is kept')
  assert.equal(await overflow(page), 0)
  await act(page, 'Báo cáo hoàn thành', { 'Loại 1': 'Văn bản (số, ký hiệu)', 'Số, ký hiệu hoặc địa chỉ trang 1': '45/KH-UBND' })
  assert.match(await main(page), /Tình trạng .*chờ xác nhận/)
  assert.match(await main(page), /45\/KH-UBND/)
  assert.equal(await overflow(page), 0)
  assert.deepEqual(await faults(page), [])
  assert.equal(await page.locator('summary', { hasText: /^Xác nhận hoàn thành nhiệm vụ$/ }).count(), 0, 'who reports does not confirm')
})

s.test('the office of the province returns the report with a reason, the district mends it', async ({ login }) => {
  const page = await login('vpubnd', { expect: [/422/] })
  await page.goto('/nhiem-vu/xac-nhan')
  assert.match(await main(page), /1 báo cáo chờ xác nhận/)
  assert.match(await flat(page.locator('.tk-wait li')), new RegExp(`1\\.2b .*${district}, hoàn thành 26/09/2024\\. ?Có minh chứng`))
  assert.deepEqual(await faults(page), [])
  await page.locator('.tk-wait input[type=checkbox]').check()
  await press(page, page.getByRole('button', { name: 'Trả lại các việc đã chọn' }))
  assert.match(await flat(page.locator('.govuk-error-summary')), /lý do|ý kiến/i)
  await page.getByLabel('Ý kiến').fill('chưa có kế hoạch của xã Nhân Mục')
  if (!await page.locator('.tk-wait input[type=checkbox]').isChecked()) await page.locator('.tk-wait input[type=checkbox]').check()
  await press(page, page.getByRole('button', { name: 'Trả lại các việc đã chọn' }))
  assert.match(await main(page), /0 báo cáo chờ xác nhận/)

  const mender = await login('hamyen.phong')
  await mender.goto(duty)
  assert.match(await main(mender), /quá hạn 4 ngày/)
  assert.match(await main(mender), /Trả lại.*chưa có kế hoạch của xã Nhân Mục/)
  await mender.goto('/huyen/074')
  assert.match(await flat(mender.locator('.unit-tasks')), /1\.2b Xây dựng kế hoạch duy trì/)
  await mender.goto(duty)
  await act(mender, 'Báo cáo hoàn thành', {
    'Ngày hoàn thành': '26/09/2024', 'Kết quả thực hiện': 'bổ sung kế hoạch xã Nhân Mục', 'Loại 1': 'Văn bản (số, ký hiệu)', 'Số, ký hiệu hoặc địa chỉ trang 1': '45/KH-UBND',
    'Loại 2': 'Kết quả rà soát', 'Số, ký hiệu hoặc địa chỉ trang 2': '/xa/02410', 'Nội dung minh chứng 2': 'hồ sơ xã Nhân Mục',
  })
  assert.equal(await mender.getByRole('link', { name: /hồ sơ xã Nhân Mục/ }).getAttribute('href'), '/xa/02410')
})

s.test('the office confirms, and the overview and the lists move', async ({ login }) => {
  const leader = await login('lanhdao')
  const waiting = await totals(leader)
  assert.equal((await late(leader)).all, 2 + 13, 'what waits for confirmation does not wait for the leader')
  const page = await login('vpubnd')
  await page.goto(duty)
  await act(page, 'Xác nhận hoàn thành nhiệm vụ', { 'Ý kiến': 'đủ hồ sơ' })
  assert.match(await main(page), /Tình trạng hoàn thành đúng hạn/)
  assert.deepEqual(await faults(page), [])
  const after = await totals(leader)
  assert.equal(after['hoàn thành đúng hạn'], before['hoàn thành đúng hạn'] + 1)
  assert.equal(waiting['đang thực hiện, trong hạn'], 3, 'what waits for confirmation is not done yet')
  assert.deepEqual(after, { ...waiting, [overdue]: 2 + 13, 'đang thực hiện, trong hạn': 2, 'hoàn thành đúng hạn': 6 })
  assert.match(await flat(leader.locator('main')), new RegExp(`6 đúng hạn \\+ .*= ${after['nhiệm vụ giao đơn vị']}\\.`))
  await leader.goto(paper + '/theo-doi')
  assert.equal(await leader.getByRole('link', { name: new RegExp(`${district}, 1\\.2b: hoàn thành đúng hạn`) }).count(), 1)
})

s.test('Giao việc: the leader asks from a page, the office gives the duty, the body has it', async ({ login }) => {
  const leader = await login('lanhdao')
  await leader.goto('/xa/02389')
  await press(leader, leader.getByRole('link', { name: 'Giao việc' }).first())
  assert.match(await main(leader), /Về xã Minh Dân/i)
  await leader.getByLabel('Việc cần làm').fill('Kiểm tra thực địa tiêu chí 17 tại xã Minh Dân')
  await leader.getByLabel('Đơn vị thực hiện').selectOption({ label: 'Ủy ban nhân dân huyện Hàm Yên' })
  await leader.getByLabel('Thời hạn').fill('15/10/2024')
  assert.deepEqual(await faults(leader), [])
  await press(leader, leader.getByRole('button', { name: 'Gửi Văn phòng UBND tỉnh' }))

  const page = await login('vpubnd')
  await page.goto('/giao-viec')
  await press(page, page.getByRole('link', { name: /Giao\s*: Kiểm tra thực địa/ }))
  assert.deepEqual(await faults(page), [])
  await press(page, page.getByRole('button', { name: 'Giao nhiệm vụ', exact: true }))

  const body = await login('hamyen.phong', { phone: true })
  await body.goto('/nhiem-vu?q=kiem+tra+thuc+dia')
  assert.match(await flat(body.locator('.tk-list tbody')), /Kiểm tra thực địa tiêu chí 17 tại xã Minh Dân .*trong hạn, còn 14 ngày/)
  assert.equal(await overflow(body), 0)
})

s.test('the pages of duties print', async ({ login }) => {
  const page = await login('lanhdao')
  for (const path of ['/nhiem-vu', duty, paper, paper + '/doc', paper + '/theo-doi']) {
    await page.goto(path)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('nav.nav:visible').count(), 0, `${path} prints its navigation`)
    assert.ok(await page.locator('.demo:visible').count(), `${path} prints without SỐ LIỆU MINH HỌA`)
    assert.ok((await page.pdf({ format: 'A4', printBackground: true })).length > 1000)
    await page.emulateMedia({ media: 'screen' })
  }
})

const there = existsSync(real)
if (!there) process.stderr.write(`KHÔNG CHẠY: thông báo thật trong trình duyệt (không có ${real})\n`)
else s.test('the real notice goes from its file to a confirmed duty', async ({ login }) => {
  const page = await login('vpubnd')
  await page.goto('/chi-dao/nhap')
  await page.getByLabel('Tệp văn bản').setInputFiles(real)
  await press(page, page.getByRole('button', { name: 'Đọc văn bản' }))
  const here = new URL(page.url()).pathname.replace(/\/doc$/, '')
  assert.match(await main(page), /2 thời hạn có ngày · 1 văn bản dẫn chiếu · Số: để trống/)
  const cover = await flat(page.locator('#bao-phu'))
  assert.match(cover, /Sở Lao động - Thương binh và Xã hội dự họp nhưng không có trong nơi nhận/)
  await card(page, '4').getByLabel('Sở Tài chính', { exact: true }).check()
  await press(page, card(page, '4').getByRole('button', { name: 'Chọn' }))
  for (const box of await page.locator('#xac-nhan input[name=cho-danh-sach]').all()) await box.check()
  await press(page, page.locator('#xac-nhan').getByRole('button', { name: 'Xác nhận và giao nhiệm vụ' }))
  assert.equal(new URL(page.url()).pathname, here)

  await page.goto(here + '/theo-doi')
  const towns = page.getByRole('link', { name: /Sở Xây dựng, 3b: / })
  assert.match(await towns.getAttribute('aria-label'), /còn 91 ngày/)
  const plan = page.getByRole('link', { name: new RegExp(`${district}, 1\\.7: `) })
  const task = await plan.getAttribute('href')
  assert.match(await plan.getAttribute('aria-label'), /quá hạn 1 ngày/)

  const body = await login('hamyen.phong')
  await body.goto(task)
  for (;;) {
    const open = body.getByRole('row').filter({ hasText: 'chưa xong' })
    if (await open.count() === 0) break
    const commune = await flat(open.first().getByRole('rowheader'))
    await act(body, 'Cập nhật tiến độ', { 'Đối tượng': commune, 'Bước đã đạt': 'Trình thẩm định (hoàn thành đối tượng)', 'Ngày đạt': '27/09/2024' })
  }
  await act(body, 'Báo cáo hoàn thành', { 'Ngày hoàn thành': '27/09/2024', 'Loại 1': 'Văn bản (số, ký hiệu)', 'Số, ký hiệu hoặc địa chỉ trang 1': '88/TTr-UBND' })
  await page.goto(task)
  await act(page, 'Xác nhận hoàn thành nhiệm vụ', {})
  assert.match(await main(page), /Tình trạng hoàn thành đúng hạn/)
})
