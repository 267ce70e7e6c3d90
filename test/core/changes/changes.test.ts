import { expect, test } from 'vitest'
import { changesOf, extrasOf } from '../../../src/core/changes/changes.ts'
import type { Value } from '../../../src/core/changes/value.ts'
import { entryOf } from '../../support/entries/entries.ts'

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'the key %s, which every object inherits, is an unknown key',
  (key) => {
    const changes = [{ key, old_value: 'a', new_value: 'b' }]
    const options = JSON.parse(`{"${key}":"c"}`)
    const entry = entryOf('1', { id: '9', action_type: 1, changes, options })
    const label = { type: 'text', text: key }
    expect(changesOf(entry)).toMatchObject([{ label }])
    expect(extrasOf(entry)).toMatchObject([{ label }])
  },
)

const ID = '1500000000000000000'

test.each([
  ['the emoji of a sound', 131, 'emoji_id', 'emoji'],
  ['a sound', 131, 'sound_id', 'sound'],
  ['the event of a stage', 84, 'guild_scheduled_event_id', 'event'],
  ['the event of a date', 201, 'event_id', 'event'],
  ['an application', 50, 'application_id', undefined],
])('%s is an entity with its type and its id', (_, action_type, key, type) => {
  const [change] = changesOf(entryOf('1', { id: ID, action_type, changes: [{ key, new_value: '7' }] }))
  expect(change?.after).toEqual({ type: 'entity', id: '7', ...(type && { entityType: type }) })
})

test('the tags of a thread are entities of the type tag', () => {
  const changes = [{ key: 'applied_tags', old_value: ['7'], new_value: ['8'] }]
  expect(changesOf(entryOf('1', { id: ID, action_type: 111, changes }))).toMatchObject([
    {
      added: [{ type: 'entity', entityType: 'tag', id: '8' }],
      removed: [{ type: 'entity', entityType: 'tag', id: '7' }],
    },
  ])
})

test('the options id and type of an overwrite are shown as its role or member, and those of other actions as text', () => {
  const extras = (action_type: number) =>
    extrasOf(entryOf('1', { id: ID, action_type, options: { id: '7', type: '1' } }))
  expect(extras(13)).toEqual([{ label: { type: 'words', words: 'for' }, value: { type: 'user', id: '7' } }])
  expect(extras(999)).toEqual([
    { label: { type: 'words', words: 'id' }, value: { type: 'text', text: '7' } },
    { label: { type: 'words', words: 'type' }, value: { type: 'text', text: '1' } },
  ])
})

test.each([
  ['ends a timeout', '2026-11-24T12:00:00Z', 'until 2026-11-24'],
  ['ends nothing', null, 'none'],
])('a timeout with an end in the past is shown as ended: it %s', (_, old_value, before) => {
  const key = 'communication_disabled_until'
  const changes = [{ key, old_value, new_value: '2023-01-13T00:27:45Z' }]
  const [change] = changesOf(entryOf('1', { id: ID, action_type: 24, changes }))
  expect([change?.label, change?.before, change?.after].map((value) => value && spoken(value))).toEqual([
    'timeout',
    before,
    'ended 2023-01-13',
  ])
})

function spoken(value: Value): string {
  if (value.type === 'phrase') return value.parts.map(spoken).join(' ')
  if (value.type === 'time') return new Date(value.time).toISOString().slice(0, 10)
  return value.type === 'words' ? value.words : value.type
}

test('an emoji with nothing but unknown fields is shown as Discord sent it', () => {
  const payload = {
    id: '1',
    action_type: 111,
    changes: [{ key: 'default_reaction_emoji', new_value: { x: 1 } }],
  }
  const [change] = changesOf(entryOf('900000000000000000', payload))
  expect(change).toMatchObject({ type: 'set', after: { type: 'text', text: '{"x":1}' } })
})
