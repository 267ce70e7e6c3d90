import { setImmediate as nextTick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ChartQueue } from '../../src/chart/chart-queue.ts'
import { chartNaming } from './charts.ts'

const PNG = new Uint8Array([1, 2, 3])

/** A queue whose charts are drawn when the test says so. */
function openQueue() {
  const begun: string[] = []
  const drawing: PromiseWithResolvers<Uint8Array>[] = []
  const queue = new ChartQueue(({ people }) => {
    begun.push(people[0]?.name ?? '')
    const drawn = Promise.withResolvers<Uint8Array>()
    drawing.push(drawn)
    return drawn.promise
  })
  /** Finishes the chart that is being drawn, so that the next one begins. */
  const finish = async () => {
    drawing.at(-1)?.resolve(PNG)
    await nextTick()
  }
  const draw = (name: string, guildId: string, signal?: AbortSignal) =>
    queue.draw(chartNaming(name), { guildId, ...(signal && { signal }) })
  return { queue, begun, drawing, finish, draw }
}

test('charts are drawn one after another, and the guilds take turns', async () => {
  const { begun, finish, draw } = openQueue()
  const all = ['a1', 'a2', 'a3'].map((name) => draw(name, 'a')).concat([draw('b1', 'b'), draw('c1', 'c')])
  expect(begun).toEqual(['a1'])
  for (const _ of all) await finish()
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3'])
  expect(await Promise.all(all)).toEqual(all.map(() => PNG))
})

test('a chart that nobody waits for any more rejects at once and is not drawn', async () => {
  const { begun, finish, draw } = openQueue()
  const over = new AbortController()
  const first = draw('a1', 'a')
  const given = draw('a2', 'a', over.signal)
  const last = draw('a3', 'a')
  over.abort('Nobody waits.')
  await expect(given).rejects.toBe('Nobody waits.')
  await finish()
  await finish()
  await Promise.all([first, last])
  expect(begun).toEqual(['a1', 'a3'])
})

test('a chart that is given up while it is drawn rejects at once, and the next one follows it', async () => {
  const { begun, finish, draw } = openQueue()
  const over = new AbortController()
  const given = draw('a1', 'a', over.signal)
  const next = draw('a2', 'a')
  over.abort('Nobody waits.')
  await expect(given).rejects.toBe('Nobody waits.')
  expect(begun).toEqual(['a1'])
  await finish()
  await finish()
  expect(await next).toBe(PNG)
})

test('a chart that was given up before is not drawn', async () => {
  const { begun, draw } = openQueue()
  await expect(draw('a1', 'a', AbortSignal.abort('Nobody waits.'))).rejects.toBe('Nobody waits.')
  expect(begun).toEqual([])
})

test('a chart that cannot be drawn rejects, and the next one is drawn', async () => {
  const { drawing, finish, draw } = openQueue()
  const [failed, next] = [draw('a1', 'a'), draw('a2', 'a')]
  drawing[0]?.reject(new Error('There is no paint.'))
  await expect(failed).rejects.toThrow('There is no paint.')
  await nextTick()
  await finish()
  expect(await next).toBe(PNG)
})

test('the queue is settled when the last chart is drawn', async () => {
  const { queue, finish, draw } = openQueue()
  const all = [draw('a1', 'a'), draw('a2', 'a')]
  let isSettled = false
  const settled = queue.settled().then(() => {
    isSettled = true
  })
  await finish()
  expect(isSettled).toBe(false)
  await finish()
  await Promise.all([settled, ...all])
  await queue.settled()
})
