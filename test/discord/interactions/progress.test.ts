import { setImmediate as nextTick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Progress } from '../../../src/discord/interactions/progress.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const SECOND = 1000

/** A progress whose edits end when the test says so. */
function openProgress({ isManual = false } = {}) {
  const clock = new ManualClock()
  const edits: { readonly sentence: string; readonly at: number }[] = []
  const underWay: PromiseWithResolvers<void>[] = []
  const errors: unknown[] = []
  const progress = new Progress({
    clock,
    edit: (sentence) => {
      edits.push({ sentence, at: clock.elapsed() / SECOND })
      const edit = Promise.withResolvers<void>()
      if (isManual) underWay.push(edit)
      else edit.resolve()
      return edit.promise
    },
    onError: (error) => errors.push(error),
  })
  const pass = async (seconds: number) => {
    clock.advance(seconds * SECOND)
    await nextTick()
  }
  return { progress, clock, edits, underWay, errors, pass }
}

test('an answer that takes 14 minutes has three edits, each with the last sentence', async () => {
  const { progress, edits, pass } = openProgress()
  for (let second = 0; second < 14 * 60; second += 2) {
    progress.report(`After ${second} s`)
    await pass(2)
  }
  expect(edits).toEqual([
    { sentence: 'After 0 s', at: 0 },
    { sentence: 'After 4 s', at: 6 },
    { sentence: 'After 88 s', at: 90 },
  ])
})

test('a sentence that comes too soon is shown later, though no other follows', async () => {
  const { progress, edits, pass } = openProgress()
  progress.report('First')
  progress.report('Second')
  progress.report('Third')
  await pass(4)
  expect(edits.map(({ sentence }) => sentence)).toEqual(['First'])
  await pass(1)
  expect(edits.map(({ sentence }) => sentence)).toEqual(['First', 'Third'])
})

test('no edit is sent while another is under way, however long it takes', async () => {
  const { progress, edits, underWay, pass } = openProgress({ isManual: true })
  progress.report('First')
  await pass(60)
  progress.report('Second')
  await pass(60)
  progress.report('Third')
  expect(edits).toHaveLength(1)
  underWay[0]?.resolve()
  await nextTick()
  expect(edits.map(({ sentence }) => sentence)).toEqual(['First', 'Third'])
})

test('what waits is dropped when the answer is ready, and nothing is shown after it', async () => {
  const { progress, edits, pass } = openProgress()
  progress.report('First')
  await nextTick()
  progress.report('Second')
  expect(await progress.end()).toBe('Second')
  progress.report('Third')
  await pass(1000)
  expect(edits).toHaveLength(1)
})

test('the answer waits for the edit that is under way, and for no other', async () => {
  const { progress, edits, underWay, pass } = openProgress({ isManual: true })
  progress.report('First')
  await pass(5)
  progress.report('Second')
  let isOver = false
  const ended = progress.end().then(() => {
    isOver = true
  })
  await nextTick()
  expect(isOver).toBe(false)
  underWay[0]?.resolve()
  await ended
  expect(edits).toHaveLength(1)
})

test('an answer without reports does not wait', async () => {
  const { progress } = openProgress()
  expect(await progress.end()).toBeUndefined()
})

test('a sentence whose edit failed is shown with the next edit, unless there is a newer one', async () => {
  const { progress, edits, underWay, errors, pass } = openProgress({ isManual: true })
  progress.report('First')
  underWay[0]?.reject('Discord is down.')
  await nextTick()
  expect(errors).toEqual(['Discord is down.'])
  await pass(5)
  expect(edits.map(({ sentence }) => sentence)).toEqual(['First', 'First'])
  progress.report('Second')
  underWay[1]?.reject('Discord is down.')
  await nextTick()
  await pass(85)
  expect(edits.map(({ sentence }) => sentence)).toEqual(['First', 'First', 'Second'])
})
