import { describe, expect, test } from 'vitest'
import { actionOf, catalogue } from '../../src/core/action.ts'
import { CHANGE_ROWS } from '../../src/core/change-table.ts'
import { changesOf, extrasOf } from '../../src/core/changes.ts'
import { type Entry, parseEntry } from '../../src/core/entry.ts'
import { NO_NAMES } from '../../src/core/names.ts'
import { changeLine } from '../../src/view/change-line.ts'
import { essenceOf } from '../../src/view/entry-line.ts'
import { valueIn, WHOLE } from '../../src/view/value.ts'
import { markdown } from '../../src/view/voice.ts'
import { EVERY_ACTION, type Example, GUILD, MOD } from './every-action.ts'

const voice = markdown(NO_NAMES)

describe.each(EVERY_ACTION)('$says', ({ payload, says, changes = [], extras = [] }) => {
  const entry = entryOf(payload)

  test('is what a list says', () => {
    expect(essenceOf(entry, voice)).toBe(says)
  })

  test('and every change is told', () => {
    const { category } = actionOf(entry.kind)
    expect(changesOf(entry).map((change) => changeLine(change, category, voice, WHOLE))).toEqual(changes)
  })

  test('and every extra', () => {
    expect(
      extrasOf(entry).map(({ label, value }) => `${valueIn(label, voice)}: ${valueIn(value, voice)}`),
    ).toEqual(extras)
  })
})

test('there is an example of every action type', () => {
  const shown = new Set(EVERY_ACTION.map(({ payload }) => entryOf(payload).kind))
  expect([...catalogue.keys()].filter((kind) => !shown.has(kind))).toEqual([])
})

test('there is an example of every key', () => {
  const shown = new Set(EVERY_ACTION.flatMap(({ payload }) => keysOf(entryOf(payload))))
  expect(Object.keys(CHANGE_ROWS).filter((key) => !shown.has(key))).toEqual([])
})

function entryOf(payload: Example['payload']): Entry {
  const parsed = parseEntry(GUILD, { id: '1500000000000000000', user_id: MOD, ...payload })
  if ('refused' in parsed) throw new Error(parsed.refused)
  return parsed.entry
}

/** The rows that an entry's changes are read by, and those of the fields within them. */
function keysOf({ kind, changes }: Entry): string[] {
  const { object } = actionOf(kind)
  return changes.flatMap(({ key, old_value, new_value }) => {
    const listed = /^\$(?:add|remove)_(\w+)$/.exec(key)?.[1] ?? key
    const own = `${object}.${listed}` in CHANGE_ROWS ? `${object}.${listed}` : listed
    const within = CHANGE_ROWS[own]?.decode
      ? []
      : [old_value, new_value].flatMap((side) => Object.keys(Object(side)))
    return [own, ...within]
  })
}
