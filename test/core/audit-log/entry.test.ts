import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actsOnChannel, type Entry, parseEntry } from '../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import { payloads } from '../../support/entries/payloads.ts'
import { anySnowflake } from '../arbitrary.ts'

const GUILD = '1564237482688512200'
const ID = '1564393200418818188'

describe('payloads that Discord really sent', () => {
  const parsed = payloads.map(({ entry }) => ({ sent: entry, ...parseEntry(GUILD, entry) }))

  test('are all parsed, except those without an id or an action type', () => {
    const rejected = parsed.flatMap((result) =>
      'rejected' in result ? [[result.sent.id, result.rejected]] : [],
    )
    expect(rejected).toEqual([
      ['1564409591758849096', 'it has no action type'],
      ['1564536624644096825', 'it has no action type'],
      ['', 'it has no usable id'],
      ['...', 'it has no usable id'],
    ])
  })

  test('are in their entries as they were sent, without the guild id', () => {
    const read = parsed.filter((result) => 'entry' in result)
    expect(read.map(({ entry }) => entry.payload)).toEqual(read.map(({ sent }) => withoutGuild(sent)))
  })

  test.each([
    ['a prune', '1564405493923841369', { kind: 21, targetId: null, count: null }],
    [
      'four deleted messages',
      '1564393200418818188',
      { kind: 72, channelId: '1564253874028547278', targetId: '1564270265368578186', count: 4 },
    ],
    ['two moved members', '1564667755364352281', { kind: 26, channelId: '1564643168354305919', count: 2 }],
    ['a role picked for oneself', '1564565309489155010', { kind: Kind.OwnRoleUpdate }],
    // Its id was remapped to November 2026, its date was not: it ends in the past, in an odd time zone.
    ['a timeout that had already ended', '1564561211654147283', { kind: Kind.TimeoutRemove }],
    ['a renamed channel', '1564557113819139556', { kind: 11, channelId: '1564532526809089098' }],
    ['a ban in bulk', '1564663657529344554', { kind: 22, executorId: null, reason: null }],
    ['an undocumented type', '1564655461859329100', { kind: 211, targetId: null }],
    ['an unknown type without anything', '1564380906913795007', { kind: 69, changes: [], options: {} }],
    ['a redacted executor', '1564507939799042736', { kind: 110, executorId: null }],
    [
      'a profile that AutoMod quarantined',
      '1564659559694336827',
      { kind: 146, executorId: null, reason: expect.stringContaining('Block Words') },
    ],
    [
      'a target that is not a snowflake',
      '100',
      { kind: 65000, targetId: 'invite-code', channelId: '4', count: 2 },
    ],
  ])('include %s', (_, id, facts) => {
    const entries = parsed.flatMap((result) => ('entry' in result ? [result.entry] : []))
    expect(entries.find((entry) => entry.id === id && entry.kind === facts.kind)).toMatchObject({
      guildId: GUILD,
      ...facts,
    })
  })
})

describe('what is not an entry is rejected', () => {
  test.each([
    ['text', 'entry', 'it is not an object'],
    ['nothing', null, 'it is not an object'],
    ['a list', [{ id: ID, action_type: 20 }], 'it is not an object'],
    ['one without an id', { action_type: 20 }, 'it has no usable id'],
    ['one whose id is a number', { id: 1564393200418818, action_type: 20 }, 'it has no usable id'],
    ['one without an action type', { id: ID }, 'it has no action type'],
    ['one whose action type is null', { id: ID, action_type: null }, 'it has no action type'],
    ['one whose action type is text', { id: ID, action_type: '20' }, 'it has no action type'],
    ['one whose action type is not a whole number', { id: ID, action_type: 2.5 }, 'it has no action type'],
    ['one whose action type is below zero', { id: ID, action_type: -1 }, 'it has no action type'],
  ])('%s', (_, sent, rejected) => {
    expect(parseEntry(GUILD, sent)).toEqual({ rejected })
  })
})

describe('the count of an entry', () => {
  test.each([
    ['8', 8],
    ['0', 0],
    [8, 8],
    ['', null],
    ['many', null],
    ['-1', null],
    [-1, null],
    ['1.5', null],
    [1.5, null],
    ['99999999999999999999', null],
    ['2147483647', 2 ** 31 - 1],
    ['2147483648', null],
    [2 ** 53, null],
    [Number.POSITIVE_INFINITY, null],
    ['1e3', null],
    [null, null],
    [undefined, null],
  ])('sent as %j is %j', (count, read) => {
    expect(entryOf(72, { options: { count } }).count).toBe(read)
  })
})

test('an empty reason is different from a missing one', () => {
  expect([entryOf(20, { reason: '' }).reason, entryOf(20, {}).reason]).toEqual(['', null])
})

describe('the channel of an entry', () => {
  const channel = '1564446472273922735'

  test.each([
    ['is the one in its options', 72, { options: { channel_id: channel }, target_id: '1' }, channel],
    ['is its target if it acts on a channel', 12, { target_id: channel }, channel],
    ['is its target if messages were deleted in bulk', 73, { target_id: channel }, channel],
    ['is unknown if the target is a user', 20, { target_id: channel }, null],
    ['is unknown if it is empty in its options', 143, { options: { channel_id: '' } }, null],
    ['is unknown if it is null in its options', 143, { options: { channel_id: null } }, null],
    ['is unknown if its target is not an id', 12, { target_id: 'general' }, null],
  ])('%s', (_, type, fields, channelId) => {
    expect(entryOf(type, fields).channelId).toBe(channelId)
  })

  test('is the target only for actions on channels', () => {
    const kinds = Array.from({ length: 300 }, (_, index) => index - 10)
    expect(kinds.filter(actsOnChannel)).toEqual([10, 11, 12, 13, 14, 15, 73])
  })
})

describe('an entry whose target is null', () => {
  const channel = '1564446472273922735'

  test.each([10, 11, 12, 13, 14, 15, 192, 193])('has the channel in its options: %d', (type) => {
    const { targetId, channelId } = entryOf(type, { target_id: null, options: { channel_id: channel } })
    expect([targetId, channelId]).toEqual([null, channel])
  })
})

describe('odd fields', () => {
  test('do not prevent an entry from being parsed', () => {
    const odd = { user_id: 7, target_id: '', reason: { text: 'a' }, options: [], changes: { key: 'a' } }
    expect(entryOf(20, odd)).toEqual({
      guildId: GUILD,
      id: ID,
      kind: 20,
      executorId: null,
      targetId: null,
      onBehalfOfId: null,
      channelId: null,
      count: null,
      reason: null,
      options: {},
      changes: [],
      payload: { id: ID, action_type: 20, ...odd },
    })
  })

  test('are left out if they are nested too deeply, but the rest of the entry is not', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    const { changes, payload, reason } = entryOf(11, {
      changes: [{ key: 'name', new_value: deep }],
      reason: 'a',
    })
    expect([changes, payload, reason]).toEqual([[], { id: ID, action_type: 11, reason: 'a' }, 'a'])
  })

  test('are left out of the changes one by one', () => {
    const good = { key: 'name', old_value: { deep: [1] } }
    expect(entryOf(11, { changes: [null, 'name', { new_value: 1 }, { key: 7 }, good] }).changes).toEqual([
      good,
    ])
  })
})

describe('any payload', () => {
  const anyJson = fc.jsonValue({ maxDepth: 2 })
  const anyPayload = fc.record(
    {
      id: fc.oneof(anySnowflake, anyJson),
      guild_id: anyJson,
      action_type: fc.oneof(fc.nat(250), anyJson),
      user_id: fc.oneof(anySnowflake, anyJson),
      target_id: fc.oneof(anySnowflake, anyJson),
      reason: anyJson,
      options: fc.oneof(fc.record({ channel_id: fc.oneof(anySnowflake, anyJson), count: anyJson }), anyJson),
      changes: fc.oneof(
        fc.array(fc.record({ key: fc.oneof(fc.constant('communication_disabled_until'), anyJson) })),
        anyJson,
      ),
      tomorrow: anyJson,
    },
    { requiredKeys: [] },
  )

  test('is parsed or rejected, without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, anyPayload), (sent) => {
        const result = parseEntry(GUILD, sent)
        if ('rejected' in result) {
          expect(result.rejected).toMatch(/^it (is not an object|has no usable id|has no action type)$/)
        }
      }),
    )
  })

  test('is in its entry in full, and parsing it again gives the same entry', () => {
    fc.assert(
      fc.property(anyPayload, (fields) => {
        const sent = { ...fields, id: ID, action_type: 24 }
        const result = parseEntry(GUILD, sent)
        if ('rejected' in result) throw new Error(result.rejected)
        expect(result.entry.payload).toEqual(withoutGuild(sent))
        expect(parseEntry(GUILD, result.entry.payload)).toEqual(result)
      }),
    )
  })
})

function entryOf(type: number, fields: object): Entry {
  const result = parseEntry(GUILD, { id: ID, action_type: type, ...fields })
  if ('rejected' in result) throw new Error(result.rejected)
  return result.entry
}

function withoutGuild(sent: object): object {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => key !== 'guild_id'))
}
