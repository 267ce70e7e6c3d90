import { describe, expect, test } from 'vitest'
import { ACTIONS, actionOf } from '../../../src/core/audit-log/action.ts'
import { type Entry, parseEntry } from '../../../src/core/audit-log/entry.ts'
import { changesOf, extrasOf } from '../../../src/core/changes/changes.ts'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { changeLine } from '../../../src/view/entry/change-line.ts'
import { summaryOf } from '../../../src/view/entry/entry-line.ts'
import { markdownFormatter } from '../../../src/view/text/formatter.ts'
import { formatValue, UNLIMITED } from '../../../src/view/text/value.ts'
import { EVERY_ACTION, type Example, GUILD, MOD } from './every-action.ts'

const formatter = markdownFormatter(NO_NAMES)

describe.each(EVERY_ACTION)('$says', ({ says, changes = [], extras = [], ...example }) => {
  const entry = entryOf(example)

  test('is the line in a list', () => {
    expect(summaryOf(entry, formatter)).toBe(says)
  })

  test('has every change', () => {
    const { category } = actionOf(entry.kind)
    expect(changesOf(entry).map((change) => changeLine(change, category, formatter, UNLIMITED))).toEqual(
      changes,
    )
  })

  test('has every detail', () => {
    expect(
      extrasOf(entry).map(
        ({ label, value }) => `${formatValue(label, formatter)}: ${formatValue(value, formatter)}`,
      ),
    ).toEqual(extras)
  })
})

test('there is an example of every action type', () => {
  const shown = new Set(EVERY_ACTION.map((example) => entryOf(example).kind))
  expect([...ACTIONS.keys()].filter((kind) => !shown.has(kind))).toEqual([])
})

function entryOf({ payload, judged }: Pick<Example, 'payload' | 'judged'>): Entry {
  const parsed = parseEntry(GUILD, { id: '1500000000000000000', user_id: MOD, ...payload })
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  return { ...parsed.entry, ...judged }
}
