import { GuildFeature } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { actionOf } from '../../../src/core/audit-log/action.ts'
import { OBJECT_ROWS } from '../../../src/core/changes/change-table.ts'
import { changesOf } from '../../../src/core/changes/changes.ts'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { changeLine } from '../../../src/view/entry/change-line.ts'
import { markdownFormatter } from '../../../src/view/text/formatter.ts'
import { UNLIMITED } from '../../../src/view/text/value.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { GUILD } from './every-action.ts'
import { EVERY_KEY } from './every-key.ts'

const formatter = markdownFormatter(NO_NAMES)

/** The lines of a change that sets one key for the first time. */
function linesOf(action_type: number, key: string, new_value: unknown): string[] {
  const payload = { id: '1500000000000000000', action_type, changes: [{ key, new_value }] }
  return changesOf(entryOf(GUILD, payload)).map((change) =>
    changeLine(change, 'created', formatter, UNLIMITED),
  )
}

describe.each(EVERY_KEY)('$object', ({ object, type, examples }) => {
  test('is the object of its action type', () => {
    expect(actionOf(type).object).toBe(object)
  })

  const sets = examples.map(([key, value, ...lines]) => ({ key, value, lines }))
  test.each(sets)('$key, set to $value', ({ key, value, lines }) => {
    expect(linesOf(type, key, value)).toEqual(lines)
  })

  test('has an example of every key', () => {
    const shown = new Set(examples.map(([key]) => key))
    expect(Object.keys(OBJECT_ROWS[object] ?? {}).filter((key) => !shown.has(key))).toEqual([])
  })
})

/** Every value of an enum or a set of flags. */
const CODES = [
  ...Array.from({ length: 64 }, (_, context) => String(1n << BigInt(context))),
  ...Array.from({ length: 64 }, (_, number) => number),
]

test.each(EVERY_KEY)('no value of $object contains an API name', ({ object, type }) => {
  const lines = Object.keys(OBJECT_ROWS[object] ?? {}).flatMap((key) =>
    CODES.flatMap((code) => linesOf(type, key, code)),
  )
  expect(lines.filter((line) => /guild|\bis\b|\\_|\bdm\b|\bugc\b|nsfw/.test(line))).toEqual([])
})

test.each(Object.values(GuildFeature))('the feature %s is written in words', (name) => {
  const [line = ''] = linesOf(1, 'features', [name])
  expect(line).toMatch(/^features: [\w ]+$/)
  expect(line).not.toMatch(/guild|_|[A-Z]{4}/)
})

test.each([
  ['nothing', null],
  ['an empty text', ''],
  ['an empty list', []],
  ['an empty object', {}],
])('%s reads as none for every key, and is no change from none', (_, value) => {
  for (const { object, type } of EVERY_KEY.filter(({ type }) => actionOf(type).category === 'updated')) {
    for (const key of [...Object.keys(OBJECT_ROWS[object] ?? {}), 'shape_of_things']) {
      const change = { key, old_value: value, new_value: value }
      const entry = entryOf(GUILD, { id: '1500000000000000000', action_type: type, changes: [change] })
      expect(changesOf(entry), key).toEqual([])
      for (const { before } of changesOf({ ...entry, changes: [{ ...change, new_value: 'set' }] })) {
        expect(before, key).toEqual({ type: 'none' })
      }
    }
  }
})

test('every object has examples', () => {
  expect(EVERY_KEY.map(({ object }) => object).sort()).toEqual(Object.keys(OBJECT_ROWS).sort())
})

test.each([25, 14, 999])('an action of type %d shows roles that were added or removed', (type) => {
  const roles = [{ id: '7', name: 'Muted' }]
  expect([...linesOf(type, '$add', roles), ...linesOf(type, '$remove', roles)]).toEqual([
    'roles: <@&7>',
    'roles: −<@&7>',
  ])
})

test.each([
  ['tags', 31, { made_of: 'paper' }, 'belongs to: {"made\\_of":"paper"}'],
  ['parent_id', 1, '7', 'parent\\_id: 7'],
  ['topic', 999, 'Books', 'topic: Books'],
  ['user_id', 11, '7', 'user\\_id: 7'],
  ['event_exception_id', 101, '7', 'event\\_exception\\_id: 7'],
  ['rate_limit_per_user', 999, 30, 'rate\\_limit\\_per\\_user: 30'],
  ['guild_id', 90, '7', 'server: `7`'],
])('%s of an action of type %d is shown as Discord sent it', (key, type, value, line) => {
  expect(linesOf(type, key, value)).toEqual([line])
})
