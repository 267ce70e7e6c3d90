import { expect, onTestFinished, test } from 'vitest'
import { WriteCheck } from '../../src/archive/write-check.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const FAILED = ['The archive cannot be written.']

/** A check whose writes end as a test says. */
function openCheck() {
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const writes: PromiseWithResolvers<void>[] = []
  const archive = {
    checkWritable: () => {
      const write = Promise.withResolvers<void>()
      writes.push(write)
      return write.promise
    },
  }
  const check = new WriteCheck({ archive, clock, log, signal: stopping.signal })
  const asked = async (end: (write: PromiseWithResolvers<void> | undefined) => void) => {
    const problems = check.problems()
    end(writes.at(-1))
    return problems
  }
  return { check, clock, log, stopping, writes, asked }
}

test('the archive is written at most every ten seconds, however often somebody asks', async () => {
  const { check, clock, writes, asked } = openCheck()
  expect(await asked((write) => write?.resolve())).toEqual([])
  for (let count = 0; count < 5; count++) expect(await check.problems()).toEqual([])
  expect(writes).toHaveLength(1)
  clock.advance(9999)
  await check.problems()
  expect(writes).toHaveLength(1)
  clock.advance(1)
  expect(await asked((write) => write?.resolve())).toEqual([])
  expect(writes).toHaveLength(2)
})

test('a write that fails is a problem until one succeeds, and is logged once', async () => {
  const { check, clock, log, asked } = openCheck()
  const fail = (write?: PromiseWithResolvers<void>) => write?.reject(new Error('The disk is full.'))
  expect(await asked(fail)).toEqual(FAILED)
  expect(await check.problems()).toEqual(FAILED)
  clock.advance(10_000)
  expect(await asked(fail)).toEqual(FAILED)
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'The archive cannot be written.'],
  ])
  clock.advance(10_000)
  expect(await asked((write) => write?.resolve())).toEqual([])
})

test('a write that fails because Custos stops is not logged', async () => {
  const { log, stopping, asked } = openCheck()
  await asked((write) => {
    stopping.abort()
    write?.reject(new Error('The archive is closed.'))
  })
  expect(log.lines).toEqual([])
})

test('nobody waits longer than a second for a write, which is a problem after a minute', async () => {
  const { clock, writes, asked } = openCheck()
  expect(await asked(() => clock.advance(1000))).toEqual([])
  clock.advance(59_000)
  expect(await asked(() => clock.advance(1000))).toEqual([
    'Writing to the archive has taken longer than a minute.',
  ])
  expect(writes).toHaveLength(1)
  for (let count = 0; count < 2; count++) expect(await asked((write) => write?.resolve())).toEqual([])
  expect(writes).toHaveLength(2)
})
