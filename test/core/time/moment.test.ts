import { expect, test } from 'vitest'
import { momentIn } from '../../../src/core/time/moment.ts'

test.each([
  ['2026-11-24T12:00:00.000000+00:00', 1_795_521_600_000],
  ['2026-11-24T13:00:00.000+01:00', 1_795_521_600_000],
  ['2026-11-24T12:00:00Z', 1_795_521_600_000],
  ['2026-11-24 12:00:00.184657+00:00', 1_795_521_600_184],
  ['1970-01-01T00:00:00+00:00', 0],
  ['9999-12-31T23:59:59+00:00', 253_402_300_799_000],
])('%s is a time', (sent, moment) => {
  expect(momentIn(sent)).toBe(moment)
})

test.each([
  ['1'],
  ['1544393200418818188'],
  ['tomorrow'],
  ['2026-99-99T00:00:00Z'],
  [''],
  [1_795_521_600_000],
  [null],
  [undefined],
  [{}],
])('%j is not a time', (sent) => {
  expect(momentIn(sent)).toBeUndefined()
})
