import { describe, expect, onTestFinished, test } from 'vitest'
import { inTime } from '../../src/core/in-time.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** Work that may take a second, and what becomes of it. */
function limited() {
  const clock = new ManualClock()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const work = Promise.withResolvers<string>()
  const signals: AbortSignal[] = []
  const limit = { clock, timeout: 1000, signal: stopping.signal }
  const result = inTime(
    limit,
    (over) => {
      signals.push(over)
      return work.promise
    },
    () => 'late',
  )
  return { clock, work, result, stop: () => stopping.abort(), isOver: () => signals[0]?.aborted }
}

describe('work with a time limit', () => {
  test('that is done in time has its own result', async () => {
    const { clock, work, result, isOver } = limited()
    clock.advance(999)
    expect(isOver()).toBe(false)
    work.resolve('done')
    expect(await result).toBe('done')
    expect(isOver()).toBe(true)
  })

  test('that fails in time fails', async () => {
    const { work, result, isOver } = limited()
    work.reject(new Error('It failed.'))
    await expect(result).rejects.toThrow('It failed.')
    expect(isOver()).toBe(true)
  })

  test('that takes longer is replaced and aborted', async () => {
    const { clock, result, isOver } = limited()
    clock.advance(1000)
    expect(await result).toBe('late')
    expect(isOver()).toBe(true)
  })

  test('is replaced and aborted when Custos stops', async () => {
    const { result, stop, isOver } = limited()
    stop()
    expect(await result).toBe('late')
    expect(isOver()).toBe(true)
  })
})
