import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEntry } from '../../src/core/audit-log/entry.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { entryOf } from '../support/entries/entries.ts'
import { payloads } from '../support/entries/payloads.ts'

const archive = await sharedArchive()

const readable = payloads
  .map(({ via, entry }) => ({ via, sent: entry, type: entry.action_type, id: entry.id }))
  .filter(({ sent }) => 'entry' in parseEntry('1', sent))

test.each(readable)('entry $id of type $type comes back as Discord sent it by $via', async ({ sent }) => {
  const guildId = freshGuild()
  const entry = entryOf(guildId, sent)
  await archive.record([{ guildId, entries: [entry], from: 'rest' }])

  const stored = await archive.entry(guildId, entry.id)
  expect(stored).toStrictEqual(entry)
  expect(stored?.payload).toStrictEqual(withoutGuild(sent))
})

test.each([
  ['the largest that SQLite can hold', '9223372036854775806'],
  ['one that a JavaScript number would round', '9007199254740993'],
  ['one of today', '1564675951034371831'],
  ['one of Discord’s first days', '3'],
  ['none at all', '0'],
])('every id keeps all its digits: %s', async (_, id) => {
  const guildId = freshGuild()
  const entry = entryOf(guildId, {
    id,
    action_type: 72,
    user_id: id,
    target_id: id,
    options: { channel_id: id },
  })
  await archive.record([{ guildId, entries: [entry], from: 'gateway' }])

  expect(await archive.newestId(guildId)).toBe(id)
  expect(await archive.entry(guildId, id)).toMatchObject({
    id,
    executorId: id,
    targetId: id,
    channelId: id,
  })
})

test.each([
  ['text in a script that is read from the right', 'עברית ועוד'],
  ['a reason of symbols', '🧹👩🏽‍🚀'],
  ['quotes and backslashes', `It's "fine" \\ ; DROP TABLE entry --`],
  ['a character that ends a text in C', 'before\0after'],
  ['half a surrogate pair', 'half \ud83e of one'],
  ['lines', 'one\ntwo\r\nthree\u2028four'],
])('a reason comes back to the letter: %s', async (_, reason) => {
  const guildId = freshGuild()
  const entry = entryOf(guildId, { id: '1', action_type: 22, reason, target_id: reason })
  await archive.record([{ guildId, entries: [entry], from: 'gateway' }])

  expect(await archive.entry(guildId, '1')).toMatchObject({ reason, targetId: reason })
  const found = await archive.list(guildId, { targetId: reason }, { order: 'newest', limit: 10 })
  expect(found).toHaveLength(1)
})

/** What Discord might send one day, as it comes off the wire. */
const anySnowflake = fc.bigInt({ min: 0n, max: 2n ** 63n - 2n }).map(String)
const anyCodeUnits = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })
const anyField = fc.oneof(fc.jsonValue({ maxDepth: 2 }), anySnowflake, anyCodeUnits)
const anyOptions = fc.record(
  { channel_id: anyField, count: fc.oneof(anyField, fc.nat(), fc.nat().map(String)), type: anyField },
  { requiredKeys: [] },
)
const anyChange = fc.record(
  {
    key: fc.oneof(fc.constant('communication_disabled_until'), anyField),
    old_value: anyField,
    new_value: anyField,
  },
  { requiredKeys: [] },
)
const anyPayload = fc
  .tuple(
    fc.dictionary(fc.string(), anyField),
    fc.record(
      {
        id: anySnowflake,
        action_type: fc.oneof(fc.nat(250), fc.maxSafeNat()),
        user_id: anyField,
        target_id: anyField,
        reason: anyField,
        options: fc.oneof(anyOptions, anyField),
        changes: fc.oneof(fc.array(anyChange), anyField),
      },
      { requiredKeys: ['id', 'action_type'] },
    ),
  )
  .map(([unknown, known]) => JSON.parse(JSON.stringify({ ...unknown, ...known })))

test('any payload is read back exactly, to the last field', async () => {
  await fc.assert(
    fc.asyncProperty(anyPayload, async (payload) => {
      const guildId = freshGuild()
      const entry = entryOf(guildId, payload)
      await archive.record([{ guildId, entries: [entry], from: 'rest' }])
      expect(await archive.entry(guildId, entry.id)).toStrictEqual(entry)
    }),
    runs(200),
  )
})

function withoutGuild(sent: object): object {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => key !== 'guild_id'))
}
