import { expect, test } from 'vitest'
import { unnamedLine } from '../../../src/view/list/unnamed-line.ts'

test.each<[what: string, unnamed: { entries: number; of: number }, by: string | undefined, line?: string]>([
  ['nothing is said where Discord names somebody for each entry', { entries: 0, of: 57 }, undefined],
  ['nor where it does for all there are besides', { entries: 0, of: 57 }, '7'],
  [
    'of those counted, it is said how many',
    { entries: 40, of: 1234 },
    undefined,
    'Discord does not say who made 40 of 1,234 entries.',
  ],
  ['even of one', { entries: 1, of: 1 }, undefined, 'Discord does not say who made 1 of 1 entry.'],
  [
    'where one moderator was asked for, how many there are besides',
    { entries: 1200, of: 3 },
    '7',
    '1,200 more matching entries are not shown: Discord does not say who made them, so `by` cannot find them.',
  ],
  [
    'and of one',
    { entries: 1, of: 3 },
    '7',
    '1 more matching entry is not shown: Discord does not say who made it, so `by` cannot find it.',
  ],
])('%s', (_, unnamed, executorId, line) => {
  expect(unnamedLine(unnamed, { executorId })).toBe(line)
})

test('the option is named that the command has', () => {
  expect(unnamedLine({ entries: 2, of: 3 }, { executorId: '7' }, 'user')).toContain(
    'so `user` cannot find them',
  )
})
