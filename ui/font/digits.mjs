// Be Vietnam Pro has no tabular figures: its 1 is half as wide as its 0. This makes a face "GC So" of the ten digits
// alone, all of one width, out of it (SIL Open Font License 1.1: a changed face bears another name).
// Usage: node digits.mjs FOLDER — writes gc-so-400.woff2 and gc-so-600.woff2.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import opentype from 'opentype.js'
import wawoff2 from 'wawoff2'

const folder = process.argv[2]
if (!folder) throw new Error('usage: digits.mjs FOLDER')
const require = createRequire(import.meta.url)

// A font carries the time it was made; the same sources must give the same bytes.
Date.prototype.getTime = () => Date.UTC(2024, 0, 1)

// tabular moves and, where it is too wide, narrows a glyph so that it stands in the middle of width units.
function tabular(glyph, width, code) {
  const box = glyph.getBoundingBox()
  const own = box.x2 - box.x1
  const scale = own > width * 0.9 ? (width * 0.9) / own : 1
  const shift = (width - own * scale) / 2 - box.x1 * scale
  const path = new opentype.Path()
  for (const command of glyph.path.commands) {
    const moved = { ...command }
    for (const key of ['x', 'x1', 'x2']) if (key in moved) moved[key] = moved[key] * scale + shift
    path.commands.push(moved)
  }
  return new opentype.Glyph({ name: glyph.name || `digit${code}`, unicode: code, advanceWidth: width, path })
}

mkdirSync(folder, { recursive: true })
for (const weight of [400, 600]) {
  const file = readFileSync(require.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-${weight}-normal.woff`))
  const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length))
  const digits = [...'0123456789'].map((c) => font.charToGlyph(c))
  const width = Math.round(digits[0].advanceWidth * 0.97)
  const glyphs = [new opentype.Glyph({ name: '.notdef', unicode: 0, advanceWidth: width, path: new opentype.Path() })]
  digits.forEach((glyph, i) => glyphs.push(tabular(glyph, width, 48 + i)))
  const made = new opentype.Font({
    familyName: 'GC So', styleName: weight === 400 ? 'Regular' : 'SemiBold', unitsPerEm: font.unitsPerEm,
    ascender: font.ascender, descender: font.descender, glyphs,
    copyright: 'Made from Be Vietnam Pro, Copyright 2021 The Be Vietnam Pro Project Authors',
    license: 'SIL Open Font License, Version 1.1', licenseURL: 'https://openfontlicense.org',
  })
  writeFileSync(join(folder, `gc-so-${weight}.woff2`), await wawoff2.compress(Buffer.from(made.toArrayBuffer())))
}
