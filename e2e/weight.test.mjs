// What a page costs on a weak network, counted in the browser over the wire.
import assert from 'node:assert/strict'
import { site, weigh } from './harness.mjs'

const s = site()
const first = 120_000, again = 15_000 // bytes

const visits = { lanhdao: ['/tong-quan', '/ban-do', '/ma-tran', '/xa/02407', '/bo-tieu-chi', '/huyen/074'], 'thaison.nhap': ['/tong-quan', '/xa/02407'] }
for (const [who, paths] of Object.entries(visits)) {
  for (const path of paths) {
    s.test(`${path} for ${who}`, async ({ login, t }) => {
      const page = await login(who, { phone: who.startsWith('thaison') })
      const once = await weigh(page, () => page.goto(path))
      const twice = await weigh(page, () => page.goto(path))
      t.diagnostic(`${path}: first visit ${once.bytes} bytes, repeat ${twice.bytes}`)
      assert.ok(once.bytes <= first, `first visit ${once.bytes} bytes, at most ${first}: ${once.parts.join(', ')}`)
      assert.ok(twice.bytes <= again, `repeat ${twice.bytes} bytes, at most ${again}: ${twice.parts.join(', ')}`)
    })
  }
}
