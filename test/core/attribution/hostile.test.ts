import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attributionIn } from '../../../src/core/attribution/attribution.ts'
import { hostileText } from '../arbitrary.ts'

const ALICE = '80351110224678912'
const BOB = '1564491548459011828'

/** Text that a moderator could type so that an action is attributed to somebody else. */
const PIECES = [
  ...[
    'bob',
    'bob#0001',
    `bob (ID: ${BOB})`,
    `<@${BOB}>`,
    BOB,
    'Moderator',
    'Moderator:',
    'Mod: bob',
    'by',
    'By: bob',
  ],
  ...[
    'Banned by bob',
    'Action requested by',
    '[',
    ']',
    '(',
    ')',
    ':',
    ',',
    '.',
    '|',
    '-',
    '—',
    '\n',
    ' ',
    '#',
    '@',
    'for',
  ],
  ...['Reason:', 'spam', '**', '`', '"'],
]

const typed = fc.array(fc.oneof(fc.constantFrom(...PIECES), hostileText), { maxLength: 8 })

const reason = fc
  .tuple(typed, fc.constantFrom('', ' '))
  .map(([pieces, between]) => pieces.join(between).slice(0, 400))

test('any reason is attributed to an id, a name in lower case, or nobody', () => {
  fc.assert(
    fc.property(reason, (text) => {
      const attribution = attributionIn(text) ?? ALICE
      expect(attribution).toBe(attribution.trim().toLowerCase().normalize('NFC'))
      expect(attribution).not.toMatch(/^@|#\d{4}$|\n/)
      expect([...attribution].length).toBeGreaterThan(1)
      expect([...attribution].length).toBeLessThanOrEqual(32)
    }),
  )
})

test.each([
  ['Red', (text: string) => `Action requested by alice (ID ${ALICE}). Reason: ${text}`],
  ['R. Danny', (text: string) => `alice (ID: ${ALICE}): ${text}`],
  ['YAGPDB', (text: string) => `alice#0: ${text}`],
  ['Vortex', (text: string) => `alice#0001 (10m): ${text}`],
  ['GearBot', (text: string) => `Moderator: alice#0001 (${ALICE}) Reason: ${text}`],
  ['blargbot', (text: string) => `[alice#0001] ${text}`],
  ['a bot that writes a name first', (text: string) => `alice: ${text}`],
  ['a bot that writes a name in brackets first', (text: string) => `[alice] ${text}`],
  ['a bot that writes a label first', (text: string) => `Mod: alice | Reason: ${text}`],
  ['Nadeko', (text: string) => `alice | ${text}`],
  ['a bot that writes a sentence', (text: string) => `Banned by alice: ${text}`],
  ['a bot that writes a label last', (text: string) => `${text} | Moderator: alice (${ALICE})`],
  ['a bot that writes “by” last', (text: string) => `${text} (by alice)`],
  ['a bot that writes a tag last', (text: string) => `${text} | alice#0001`],
])('in a reason by %s, a person whom the moderator typed is never attributed', (_, written) => {
  fc.assert(
    fc.property(reason, (text) => {
      expect([ALICE, 'alice', undefined]).toContain(attributionIn(written(text)))
    }),
  )
})

test.each([512, 1024, 100_000])('%d characters of any text are read within a second', (length) => {
  const units = [
    '(',
    '[',
    ' ',
    'a',
    '"',
    '\n',
    'by ',
    '| by ',
    ') by ',
    'Moderator: ',
    'banned by a ',
    'a#0001 | ',
  ]
  const started = performance.now()
  for (const unit of [...units, `${ALICE} `, '<@', '. by x', 'a - ', '🦊', 'ﷺ']) {
    attributionIn(unit.repeat(Math.ceil(length / unit.length)).slice(0, length))
  }
  expect(performance.now() - started).toBeLessThan(1000)
})
