import { expect, test } from 'vitest'
import { unnamedLine } from '../../../src/view/list/unnamed-line.ts'

test.each<[what: string, unnamed: { entries: number; of: number }, by: string | undefined, line?: string]>([
  ['nothing if every entry has an executor', { entries: 0, of: 57 }, undefined],
  ['nothing if every other entry has an executor', { entries: 0, of: 57 }, '7'],
  [
    'how many of the entries have no executor',
    { entries: 40, of: 1234 },
    undefined,
    'Discord does not say who made 40 of 1,234 entries.',
  ],
  ['how many of one entry', { entries: 1, of: 1 }, undefined, 'Discord does not say who made 1 of 1 entry.'],
  [
    'how many more there are, if the query is for one moderator',
    { entries: 1200, of: 3 },
    '7',
    '1,200 more matching entries are not shown: Discord does not say who made them, so `by` cannot find them.',
  ],
  [
    'one more',
    { entries: 1, of: 3 },
    '7',
    '1 more matching entry is not shown: Discord does not say who made it, so `by` cannot find it.',
  ],
])('the line says: %s', (_, unnamed, executorId, line) => {
  expect(unnamedLine(unnamed, { executorId })).toBe(line)
})

test('the line names the option of the command', () => {
  expect(unnamedLine({ entries: 2, of: 3 }, { executorId: '7' }, 'user')).toContain(
    'so `user` cannot find them',
  )
})
