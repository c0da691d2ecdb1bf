// Every page of the product, found by the table of routes: nothing bars anyone from it, it fits a phone, it is quiet.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faults, overflow, site } from './harness.mjs'

const s = site()

// Who looks at pages: between them they may open every page.
const people = ['thaison.nhap', 'lanhdao', 'vpdp', 'quantri', 'hamyen.phong', 'vpubnd']

// A route with parts in its address needs an example of each here, or a reason why it is no page to look at.
const examples = {
  '/xa/{code}': ['/xa/02407', '/xa/02389?thu=1', '/xa/02254', '/xa/02617', '/xa/02407?ngay=2025-07-01'],
  '/huyen/{code}': ['/huyen/074'],
  '/quan-tri/{id}': [{ find: '/quan-tri', link: 'main a[href^="/quan-tri/"]:not([href="/quan-tri/moi"])' }],
  '/bo-tieu-chi/{set}/{criterion}': ['/bo-tieu-chi/xa-ntm-2021-2025/15', '/bo-tieu-chi/xa-ntm-2021-2025/17?xong=quy-dinh'],
  '/bo-tieu-chi/{set}/{criterion}/quy-dinh': ['/bo-tieu-chi/xa-ntm-2021-2025/17/quy-dinh?ma=17.10'],
  '/nhat-ky/{position}': ['/nhat-ky/1', { find: '/nhat-ky?viec=ra-soat', link: 'main td a[href^="/nhat-ky/"]' }],
  '/nhat-ky/{position}/bang-chung.json': 'a file',
  '/phan-cong/{bo}/{ma}': ['/phan-cong/xa-ntm-2021-2025/15', '/phan-cong/xa-ntm-2021-2025/15.1'],
  '/phan-cong/dia-ban/{xa}': ['/phan-cong/dia-ban/02407.1'],
  '/minh-chung/{id}': 'a file',
  '/minh-chung/{id}/nho': 'a picture',
  '/minh-chung/{id}/goc': 'a file',
  '/xa/{code}/ra-soat': ['/xa/02407/ra-soat'],
  '/xa/{code}/ra-soat/{period}': ['/xa/02407/ra-soat/2024-Q3', '/xa/02404/ra-soat/2024-Q3', '/xa/02407/ra-soat/2024-H1'],
  '/xa/{code}/ra-soat/{period}/{criterion}': ['/xa/02407/ra-soat/2024-Q3/15', '/xa/02407/ra-soat/2024-Q3/5', '/xa/02407/ra-soat/2024-Q3/19'],
  '/xa/{code}/ra-soat/{period}/gui': ['/xa/02407/ra-soat/2024-Q3/gui'],
  '/xa/{code}/ra-soat/{period}/xem-xet': ['/xa/02392/ra-soat/2024-Q3/xem-xet', '/xa/02404/ra-soat/2024-Q3/xem-xet'],
  '/so-nganh/{agency}': ['/so-nganh/so-y-te.1', '/so-nganh/bhxh-tinh.1?chi-tieu=xa-ntm-2021-2025/15.1'],
  '/dot-ra-soat/{id}': [{ find: '/dot-ra-soat', link: '.rd-list a' }],
  '/dot-ra-soat/{id}/han': 'of a round: rounds.test.mjs',
  '/dot-ra-soat/{id}/chot': 'of a round: rounds.test.mjs',
  '/dot-ra-soat/{id}/dieu-chinh': 'of a closed round: rounds.test.mjs',
  '/chi-dao/{id}': [{ find: '/chi-dao', link: '.cd-no a' }, { find: '/chi-dao?tinh-trang=stub', link: '.cd-no a' }],
  '/chi-dao/{id}/doc': [{ find: '/chi-dao?tinh-trang=active', link: '.cd-no a', then: '/doc' }, { find: '/chi-dao?tinh-trang=active', link: '.cd-no a', then: '/doc?sua=moi' }],
  '/chi-dao/{id}/theo-doi': [{ find: '/chi-dao?tinh-trang=active', link: '.cd-no a', then: '/theo-doi' }],
  '/chi-dao/{id}/hoan-chinh': [{ find: '/chi-dao?tinh-trang=active', link: '.cd-no a', then: '/hoan-chinh' }],
  '/chi-dao/{id}/ban-goc': 'a file',
  '/chi-dao/{id}/tep/{tep}': 'a file',
  '/nhiem-vu/{id}': ['overdue', 'in-time', 'on-time', 'continuous'].map((k) => ({ find: `/nhiem-vu?tinh-trang=${k}`, link: '.tk-list th a' })),
  '/giao-viec/{id}': 'of a request: directive.test.mjs',
  '/bang-tinh/tep/{sum}': 'of a chosen file: rounds.test.mjs',
  '/bang-tinh/tep/{sum}/cach-doc': 'of a chosen file: rounds.test.mjs',
  '/giao-dien/{name}': 'files of the user interface',
  '/loi-moi/{token}': 'opened by a one-time link: below',
}

// Further views of pages that have no parts in their address.
const more = ['/ma-tran?huyen=074&tieu-chi=15', '/tim?q=th%C3%A1i+s%C6%A1n', '/tim?q=kh%C3%B4ng+c%C3%B3+g%C3%AC', '/nhat-ky?viec=ra-soat&xa=02407&ky=2024-H1',
  '/nhat-ky?viec=la&tu=hom-qua', '/bo-tieu-chi/doi-chieu?bo=xa-ntm-nang-cao-2021-2025', '/phan-cong/de-xuat?bo=xa-ntm-2021-2025',
  '/bo-tieu-chi?so-voi=xa-ntm-nang-cao-2021-2025', '/tong-quan?ngay=2025-07-01', '/khong-co-trang-nay']

// Addresses that answer machines or give files, known by their end or by name.
const notPages = (path) => /\.(svg|xlsx|csv|json|js|webmanifest|pdf|docx|txt)$/.test(path) || ['/healthz', '/readyz', '/metrics'].includes(path)

const routes = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../build/e2e/routes.json'), 'utf8')
  .trim().split('\n').map((line) => JSON.parse(line)).filter((r) => r.method === 'GET')

const paths = [...more]
for (const { pattern } of routes) {
  if (!pattern.includes('{')) paths.push(...notPages(pattern) ? [] : [pattern])
  else if (Array.isArray(examples[pattern])) paths.push(...examples[pattern])
}

s.test('every route with parts in its address has an example', async () => {
  const missing = routes.map((r) => r.pattern).filter((p) => p.includes('{') && !notPages(p) && !(p in examples))
  assert.deepEqual(missing, [], 'add to examples in e2e/pages.test.mjs a line for each, as  "/xa/{code}": ["/xa/02407"]')
})

for (const small of [false, true]) {
  for (const who of [null, ...people]) {
    s.test(`pages of ${who ?? 'a visitor'} ${small ? 'on a phone' : 'at a desk'}`, async ({ login, visit }) => {
      const options = { phone: small, expect: [/status of 40[34]/] }
      const page = await (who ? login(who, options) : visit(options))
      const wrong = []
      for (const one of paths) wrong.push(...await look(page, one, small))
      assert.deepEqual(wrong, [])
    })
  }
}

const seen = new Set() // pages that look the same for everyone are looked at once

// look gives what is wrong with a page, and nothing for one the person may not see or was led away from.
async function look(page, one, small) {
  let path = one
  if (one.find) {
    await page.goto(one.find)
    const link = page.locator(one.link).first()
    if (await link.count() === 0) return []
    path = await link.getAttribute('href') + (one.then ?? '')
  }
  const answer = await page.goto(path)
  const landed = new URL(page.url())
  const [main, frame] = await page.evaluate(() => ['main', 'header'].map((part) => document.querySelector(part)?.innerHTML ?? ''))
  const html = answer.status() === 403 ? '403' : landed.pathname + main // the frame says who is logged in and may reach what
  if (seen.has(small + html) && seen.has(small + frame)) return []
  seen.add(small + html).add(small + frame)
  const wrong = await faults(page)
  const wide = small ? await overflow(page) : 0
  if (wide > 0) wrong.push(`the page is ${wide} px wider than the phone`)
  return wrong.map((w) => `${path}: ${w}`)
}
