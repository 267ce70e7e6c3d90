import fc from 'fast-check'
import { type Entry, parseEntry } from '../../src/core/audit-log/entry.ts'
import { OBJECT_ROWS } from '../../src/core/changes/change-table.ts'
import type { NamedEntity } from '../../src/core/names/named-entity.ts'
import { Names } from '../../src/core/names/names.ts'
import { anyCharacter } from '../core/arbitrary.ts'

export const GUILD = '900000000000000000'

const id = fc.bigInt({ min: 10n ** 17n, max: 2n ** 62n }).map(String)

/** Text of up to 512 characters, the longest reason Discord accepts. */
export const longText = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 512 })

/** Change keys, known and unknown. */
const anyKey = fc.oneof(
  fc.constantFrom(...Object.values(OBJECT_ROWS).flatMap((rows) => Object.keys(rows))),
  fc.constantFrom('$add', '$remove', '$add_keyword_filter', '$remove_exempt_roles', '123456789012345678'),
  longText,
)

/** Entries of any type, with fields of the greatest length that Discord allows, or with arbitrary ones. */
export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    id,
    user_id: fc.option(id),
    target_id: fc.option(fc.oneof(id, longText)),
    action_type: fc.nat(250),
    reason: fc.option(longText, { nil: undefined }),
    options: fc.oneof(
      fc.record({
        channel_id: id,
        count: fc.nat(100_000).map(String),
        auto_moderation_rule_name: longText,
        status: longText,
      }),
      fc.dictionary(longText, fc.json()),
    ),
    changes: fc.array(
      fc.record(
        { key: anyKey, old_value: fc.jsonValue(), new_value: fc.jsonValue() },
        { requiredKeys: ['key'] },
      ),
    ),
  })
  .map((payload) => {
    const parsed = parseEntry(GUILD, payload)
    if ('rejected' in parsed) throw new Error(parsed.rejected)
    return parsed.entry
  })

const ids = ['1', '2', '3', '4'].map((digit) => digit.padEnd(19, '0'))
const [by = '', author = '', channel, person = ''] = ids

/** The longest list: ten entries whose users and channels are gone, with names of the greatest length. */
export const LONGEST = {
  by,
  author,
  person,
  names: new Names(
    GUILD,
    ids.map((each): NamedEntity => {
      const type = each === channel ? 'channel' : 'user'
      return { id: each, type, name: '*'.repeat(100), presence: 'gone' }
    }),
  ),
  entries: Array.from({ length: 10 }, (_, index): Entry => {
    const payload = { user_id: by, target_id: author, options: { channel_id: channel, count: '1000' } }
    const parsed = parseEntry(GUILD, { id: `15000000000000000${index + 10}`, action_type: 72, ...payload })
    if ('rejected' in parsed) throw new Error(parsed.rejected)
    return { ...parsed.entry, onBehalfOfId: person, reason: '*'.repeat(512) }
  }),
} as const
