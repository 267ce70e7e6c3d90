import { expect, test } from 'vitest'
import { LineLimit } from '../../src/process/line-limit.ts'

function open(most: number) {
  const minutes: (() => void)[] = []
  const leftOut: [string, number][] = []
  const limit = new LineLimit({
    most,
    inAMinute: (run) => minutes.push(run),
    onLeftOut: (message, lines) => leftOut.push([message, lines]),
  })
  return { limit, leftOut, passMinute: () => minutes.splice(0).map((run) => run()) }
}

test('lines that repeat a message are left out beyond a number a minute, and counted', () => {
  const { limit, leftOut, passMinute } = open(2)
  const admitted = Array.from({ length: 5 }, () => limit.admits('Reading failed.'))
  expect(admitted).toEqual([true, true, false, false, false])
  expect(limit.admits('Connected.')).toBe(true)
  passMinute()
  expect(leftOut).toEqual([['Reading failed.', 3]])
  expect(limit.admits('Reading failed.')).toBe(true)
})

test('nothing is said of a message that was not left out', () => {
  const { limit, leftOut, passMinute } = open(2)
  limit.admits('Connected.')
  limit.admits('Connected.')
  passMinute()
  passMinute()
  expect(leftOut).toEqual([])
})
