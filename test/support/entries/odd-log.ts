import fc from 'fast-check'
import { firstIdAt } from '../../../src/core/snowflake.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 20)
export const USERS = ['0', '101', '102', '104', '9007199254740993', '1564237482688512104']
export const CHANNELS = ['201', '202', '1564446472273922735']
export const KINDS = [1, 12, 20, 21, 22, 24, 25, 26, 40, 72, 73, 999, -1, -3, -4]

/** Texts of which a database, an index or a pattern may think otherwise. */
const TEXTS = [
  '',
  ' ',
  '%',
  '_',
  '\\',
  '\\%_',
  "'; --",
  '"askerId":"101"',
  'a\0b',
  '\0',
  'half \ud83e of one',
  'שלום \u202e abc',
  'İstanbul',
  'STRASSE ẞ',
  'straße',
  'ΣΑΣ',
  'ﬁn',
  '💥🧹',
  'é e\u0301',
  '100% sure, no_reason',
  'null',
  '101',
  '-1',
  '9223372036854775807',
  'x\n\r\t y',
  '\ufffd',
  '一'.repeat(3000),
  'A fox, a box, a BOX.'.repeat(200),
]

export const anyText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map((texts) => texts.join('')),
)

/** A part of a text, in some case: what a member may type to find it. */
export const anyPart = fc
  .tuple(anyText, fc.nat(5), fc.nat(8), fc.constantFrom('as it is', 'upper', 'lower'))
  .map(([text, start, length, letters]) => {
    const part = text.slice(start, start + length)
    if (letters === 'as it is') return part
    return letters === 'upper' ? part.toUpperCase() : part.toLowerCase()
  })

export const anyUser = fc.constantFrom(...USERS)
export const anyId = fc
  .tuple(fc.nat(6 * 24), fc.nat(2))
  .map(([hour, serial]) => String(BigInt(firstIdAt(START + (hour * DAY) / 24)) + BigInt(serial)))

const anyReason = fc.oneof(
  anyText,
  fc.tuple(anyText, anyUser).map(([text, user]) => `Banned by <@${user}>: ${text}`),
  anyText.map((text) => `Moderator: ${text}`),
)

/** A log with the texts, in which few users act on few others. */
export const anyOddLog = fc.uniqueArray(
  fc.record(
    {
      id: anyId,
      action_type: fc.constantFrom(...KINDS.filter((kind) => kind >= 0)),
      user_id: fc.option(anyUser),
      target_id: fc.oneof(anyUser, fc.constantFrom(...CHANNELS), anyText, fc.constant(null)),
      reason: anyReason,
      options: fc.record(
        {
          channel_id: fc.constantFrom(...CHANNELS),
          count: fc.nat(5).map(String),
          delete_member_days: fc.constant('7'),
          members_removed: fc.constant('1000'),
        },
        { requiredKeys: [] },
      ),
      odd: anyText,
    },
    { requiredKeys: ['id', 'action_type'] },
  ),
  { selector: ({ id }) => id, minLength: 60, maxLength: 150, size: 'max' },
)

/** The names of those who act and are acted on, one of whom is a bot. */
export const anyNames = fc.array(
  fc.record({
    id: fc.constantFrom(...USERS, ...CHANNELS),
    type: fc.constantFrom('user', 'bot', 'role', 'channel', 'webhook'),
    name: fc.option(anyText),
    alias: anyText,
    at: anyId,
    presence: fc.constantFrom('present', 'gone', 'named'),
  }),
  { minLength: 15, maxLength: 30, size: 'max' },
)
