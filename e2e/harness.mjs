// The harness of the browser tests. A file e2e/NAME.test.mjs begins with
//
//   import assert from 'node:assert/strict'
//   import { site } from './harness.mjs'
//   const s = site()
//   s.test('what a person notices', async ({ login }) => {
//     const page = await login('thaison.nhap', { phone: true })
//     await page.goto('/xa/02407')
//   })
//
// and gets a demonstration server of its own: fresh data, 01/10/2024, a free port. Every page is watched while a test
// runs: a request to another host, a report of the content security policy, an error on the console, an exception of a
// script or an answer 5xx fails the test. What a failed test saw is kept in build/e2e as a picture.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const pictures = join(root, 'build', 'e2e')
const limit = 120_000 // ms, of one test on a busy machine

/** The roles of the demonstration: one account each. */
export const roles = ['thaison.nhap', 'thaison.lanhdao', 'hamyen.phong', 'hamyen.lanhdao', 'soyte', 'bhxh', 'thongke', 'vpdp', 'vpubnd', 'lanhdao', 'quantri', 'quantri.thaison']

export const desk = { width: 1280, height: 900 }
export const phone = { width: 360, height: 740 }

/** site gives a file of tests its server and browser, from the first test to the last. today is the legal day. */
export function site({ today = '2024-10-01' } = {}) {
  const s = new Site(today)
  before(() => s.start(), { timeout: limit })
  after(() => s.stop(), { timeout: limit })
  return s
}

class Site {
  #today; #dir; #child; #browser; #log = ''; #sessions = new Map()

  /** Where the server answers: "http://127.0.0.1:PORT". */
  base = ''
  /** The password all accounts of the demonstration share. */
  password = ''

  constructor(today) { this.#today = today }

  async start() {
    this.#dir = mkdtempSync(join(tmpdir(), 'giuchuan-e2e-'))
    await this.serve()
    this.#browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      // No name but the server's own address can be reached; unlike page.route this leaves the cache alone.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    })
  }

  async serve() {
    const port = await freePort()
    const program = process.env.GIUCHUAN || join(root, 'build', 'giuchuan')
    const args = ['demo', '--data', join(this.#dir, 'data'), '--today', this.#today, '--serve', '--listen', `127.0.0.1:${port}`]
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let ended = ''
    this.#child.on('error', (err) => { ended = String(err) })
    this.#child.on('exit', (code) => { ended = `ended with ${code}` })
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.setEncoding('utf8').on('data', (text) => { this.#log += text })
    this.base = `http://127.0.0.1:${port}`
    await until(async () => {
      if (ended) throw new Error(`${program}: ${ended}\n${this.#log.slice(-2000)}`)
      this.password ||= /mật khẩu chung: (\S+)/.exec(this.#log)?.[1] ?? ''
      return this.password !== '' && (await fetch(this.base + '/readyz').catch(() => ({}))).ok
    }, 'the server is ready')
  }

  async stop() {
    await this.#browser?.close()
    if (this.#child && this.#child.exitCode === null) {
      const gone = new Promise((done) => this.#child.on('exit', done))
      this.#child.kill('SIGTERM')
      await gone
    }
    if (this.#dir) rmSync(this.#dir, { recursive: true, force: true })
  }

  /** The server's log so far, one line of JSON a request. */
  get log() { return this.#log }

  /** test runs a body with { login, visit }; t is node's own context of the test. */
  test(name, body) {
    test(name, { timeout: limit }, async (t) => {
      const run = new Run(this, name)
      try {
        await body({ t, login: (...args) => run.login(...args), visit: (...args) => run.visit(...args) })
        run.check()
      } catch (err) {
        await run.picture()
        throw run.explain(err)
      } finally {
        await run.close()
      }
    })
  }

  /** context opens a browser as fresh as an incognito window. */
  context(options) { return this.#browser.newContext({ baseURL: this.base, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options }) }

  /** session gives the cookies of an account, logging in through the page once. */
  async session(account) {
    if (!this.#sessions.has(account)) {
      const context = await this.context({ javaScriptEnabled: false })
      const page = await context.newPage()
      await fillLogin(page, account, this.password)
      if (new URL(page.url()).pathname === '/dang-nhap') throw new Error(`${account} could not log in: ${await page.innerText('main')}`)
      this.#sessions.set(account, await context.storageState())
      await context.close()
    }
    return this.#sessions.get(account)
  }

  /** forget makes the next login of an account a new one: after a test that ended its session. */
  forget(account) { this.#sessions.delete(account) }
}

/** fillLogin logs in as a person does: at the page /dang-nhap. */
export async function fillLogin(page, account, password) {
  await page.goto('/dang-nhap')
  await page.fill('input[name=ten]', account)
  await page.fill('input[name=mat-khau]', password)
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('main form button[type=submit], main form button:not([type])').first().click()])
}

// Run is one test: the windows it opened and what went wrong in them.
class Run {
  #site; #name; #contexts = []; #pages = []; #troubles = []; #expected = []

  constructor(owner, name) { this.#site = owner; this.#name = name }

  /** login opens a window in which an account is logged in. */
  async login(account, options = {}) { return this.visit({ ...options, storageState: await this.#site.session(account) }) }

  /**
   * visit opens a window: { phone: true } at 360 px, { js: false } without scripts, expect: [/…/] for console messages
   * that belong to the test (an answer 422 is an error to Chromium's console).
   * page.offline(true) cuts the network of the window, page.offline(false) joins it again.
   */
  async visit({ phone: small = false, js = true, expect = [], storageState } = {}) {
    const context = await this.#site.context({
      viewport: small ? phone : desk, deviceScaleFactor: 1, isMobile: small, hasTouch: small, javaScriptEnabled: js, storageState,
    })
    this.#contexts.push(context)
    this.#expected.push(...expect)
    await context.exposeBinding('giuchuanReport', (_, text) => this.#troubles.push(text))
    await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) =>
      window.giuchuanReport(`content security policy: ${e.violatedDirective} refused ${e.blockedURI} ${e.sourceFile ?? ''}`)))
    const page = await context.newPage()
    page.offline = (cut) => context.setOffline(cut)
    this.#pages.push(page)
    context.on('page', (other) => this.#watch(other))
    this.#watch(page)
    return page
  }

  #watch(page) {
    const say = (text) => this.#troubles.push(`${page.url()}: ${text}`)
    page.on('console', (m) => { if (m.type() === 'error' && !this.#expected.some((e) => e.test(m.text()))) say(`console: ${m.text()}`) })
    page.on('pageerror', (err) => say(`script: ${err.stack ?? err}`))
    page.on('response', (r) => { if (r.status() >= 500) say(`${r.status()} from ${r.url()}`) })
    page.on('request', (r) => {
      const url = r.url()
      if (!url.startsWith(this.#site.base + '/') && !/^(data|blob|about):/.test(url)) say(`a request to another host: ${url}`)
    })
  }

  check() { if (this.#troubles.length) throw new Error('the windows of the test were not quiet') }

  explain(err) {
    if (this.#troubles.length) err.message += '\n  ' + [...new Set(this.#troubles)].join('\n  ')
    return err
  }

  async picture() {
    mkdirSync(pictures, { recursive: true })
    for (const [i, page] of this.#pages.entries()) {
      const file = join(pictures, this.#name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80) + (i ? `-${i}` : ''))
      await page.screenshot({ path: file + '.png', fullPage: true }).catch(() => {})
      await page.content().then((html) => writeFileSync(file + '.html', html)).catch(() => {})
    }
  }

  async close() { await Promise.all(this.#contexts.map((c) => c.close())) }
}

/** faults asks axe for what bars people from a page: its serious and critical violations, one line each. */
export async function faults(page) {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }))
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary.split('\n')[1]?.trim()}`))
}

/** overflow is by how many pixels a page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** weigh counts the bytes over the wire, heads included, of what work makes a page load. */
export async function weigh(page, work) {
  const session = await page.context().newCDPSession(page)
  const urls = new Map(), parts = []
  session.on('Network.requestWillBeSent', (e) => urls.set(e.requestId, e.request.url))
  session.on('Network.loadingFinished', (e) => { if (e.encodedDataLength > 0) parts.push(`${e.encodedDataLength} ${new URL(urls.get(e.requestId) ?? 'data:').pathname}`) })
  await session.send('Network.enable')
  await work()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  await session.detach()
  return { bytes: parts.reduce((sum, p) => sum + parseInt(p, 10), 0), parts }
}

/** until waits for a condition that comes true by itself. */
export async function until(condition, what, within = 30_000) {
  for (const end = Date.now() + within; Date.now() < end;) {
    if (await condition()) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`waited ${within / 1000} s in vain until ${what}`)
}

function freePort() {
  return new Promise((done, fail) => {
    const s = createServer().on('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => done(port))
    })
  })
}
