import { setImmediate as nextTick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Reply } from '../../../src/command/command.ts'
import { LateEdits } from '../../../src/discord/interactions/late-edits.ts'

const MESSAGE = '1564237482688512274'
const OTHER = '1564237482688512275'
const NEXT = '1564237482688512280'
const WHOLE: Reply = { embeds: [{ description: 'The whole reply' }], components: [] }

/** A late edit that is ready, and ends, when the test says so. */
function lateEdit(lateEdits: LateEdits) {
  const whole = Promise.withResolvers<Reply | undefined>()
  const over = new AbortController()
  const edits: PromiseWithResolvers<void>[] = []
  const errors: unknown[] = []
  const edit = async () => {
    const sent = Promise.withResolvers<void>()
    edits.push(sent)
    await sent.promise
  }
  const added = lateEdits.add(MESSAGE, {
    whole: whole.promise,
    edit,
    over: over.signal,
    onReplaced: () => over.abort(),
    onError: (error) => errors.push(error),
  })
  return { whole, over, edits, errors, added }
}

/** Whether a promise has not resolved when everything that can run has run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true
  void promise.then(() => {
    pending = false
  })
  await nextTick()
  return pending
}

test('another edit waits for the late one that is under way', async () => {
  const lateEdits = new LateEdits()
  const { whole, edits, added } = lateEdit(lateEdits)
  whole.resolve(WHOLE)
  await nextTick()
  const dropped = lateEdits.replace(MESSAGE, NEXT)
  expect(await isPending(dropped)).toBe(true)
  edits[0]?.resolve()
  await Promise.all([dropped, added])
  expect(edits).toHaveLength(1)
})

test('a late edit that fails is not repeated once another edit waits for it', async () => {
  const lateEdits = new LateEdits()
  const { whole, edits, errors, added } = lateEdit(lateEdits)
  whole.resolve(WHOLE)
  await nextTick()
  const dropped = lateEdits.replace(MESSAGE, NEXT)
  edits[0]?.reject(Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' }))
  await Promise.all([dropped, added])
  expect([edits.length, errors]).toEqual([1, []])
})

test('a late edit that waits is dropped at once, and never sent', async () => {
  const lateEdits = new LateEdits()
  const { whole, over, edits, added } = lateEdit(lateEdits)
  await lateEdits.replace(MESSAGE, NEXT)
  expect(over.signal.aborted).toBe(true)
  whole.resolve(WHOLE)
  await added
  expect(edits).toEqual([])
})

test('other messages keep their late edits', async () => {
  const lateEdits = new LateEdits()
  const { whole, over, edits, added } = lateEdit(lateEdits)
  await lateEdits.replace(OTHER, NEXT)
  expect(over.signal.aborted).toBe(false)
  whole.resolve(WHOLE)
  await nextTick()
  edits[0]?.resolve()
  await added
})

test('a message whose late edit was dropped can have another', async () => {
  const lateEdits = new LateEdits()
  const first = lateEdit(lateEdits)
  await lateEdits.replace(MESSAGE, NEXT)
  const second = lateEdit(lateEdits)
  first.whole.resolve(WHOLE)
  await first.added
  await lateEdits.replace(MESSAGE, NEXT)
  expect(second.over.signal.aborted).toBe(true)
  second.whole.resolve(WHOLE)
  await second.added
  expect([...first.edits, ...second.edits]).toEqual([])
})

test('a part that fails is reported, and so is an edit that fails', async () => {
  const failed = lateEdit(new LateEdits())
  failed.whole.reject('There is no paint.')
  await failed.added
  expect(failed.errors).toEqual(['There is no paint.'])
  const unsent = lateEdit(new LateEdits())
  unsent.whole.resolve(WHOLE)
  await nextTick()
  unsent.edits[0]?.reject('Discord does not like it.')
  await unsent.added
  expect(unsent.errors).toEqual(['Discord does not like it.'])
})

test('a message that a later interaction changed is not changed by an earlier one', async () => {
  const lateEdits = new LateEdits()
  const [earlier, later] = ['1564237482688512279', NEXT]
  expect(await lateEdits.replace(MESSAGE, later)).toBe(true)
  expect(await lateEdits.replace(MESSAGE, earlier)).toBe(false)
  expect(await lateEdits.replace(MESSAGE, later)).toBe(true)
  expect(await lateEdits.replace(OTHER, earlier)).toBe(true)
})
