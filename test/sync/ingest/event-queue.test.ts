import { setImmediate as immediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { QueuedEvent } from '../../../src/sync/ingest/event-line.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { entryOf } from '../../support/entries/entries.ts'

/** About how many entries and names a batch has at most. */
const BATCH = 500

function update(guildId: Snowflake): ArchiveUpdate {
  return { guildId, entries: [entryOf(guildId, { id: '7', action_type: 22 })], from: 'gateway' }
}

function fill(queue: EventQueue, guildId: Snowflake, howMany: number): void {
  for (let count = 0; count < howMany; count++) queue.add(update(guildId), 0)
}

const sequences = (events: readonly QueuedEvent[]) => events.map(({ sequence }) => sequence)
const guildsOf = (events: readonly QueuedEvent[]) => [
  ...new Set(events.map(({ update: { guildId } }) => guildId)),
]

/** Takes and stores batches until none is left. */
function drain(queue: EventQueue): QueuedEvent[] {
  const all: QueuedEvent[] = []
  while (queue.size > 0) {
    all.push(...queue.take())
    queue.release()
  }
  return all
}

test('an event counts as stored when its batch is released, whatever other guilds wait for', () => {
  const queue = new EventQueue()
  fill(queue, '2', 1)
  fill(queue, '1', 1)
  const upTo = queue.added
  expect(queue.hasStored('1', upTo)).toBe(false)
  expect(queue.hasStored('3', upTo)).toBe(true)
  queue.take()
  expect(queue.hasStored('1', upTo)).toBe(false)
  fill(queue, '2', 1)
  fill(queue, '1', 1)
  queue.release()
  expect(queue.hasStored('1', upTo)).toBe(true)
  expect(queue.hasStored('1', queue.added)).toBe(false)
})

test('events that are put back do not count as stored, and are taken again before later ones', () => {
  const queue = new EventQueue()
  fill(queue, '1', 3)
  const [, ...rest] = queue.take()
  fill(queue, '1', 1)
  queue.putBack(rest)
  expect(queue.hasStored('1', 1)).toBe(false)
  queue.release()
  expect(queue.hasStored('1', 1)).toBe(true)
  expect(queue.hasStored('1', 2)).toBe(false)
  expect(queue.size).toBe(3)
  expect(sequences(queue.take())).toEqual([2, 3, 4])
})

test('the events of a guild that are not stored are those taken and those that wait, each once and in order', () => {
  const queue = new EventQueue()
  const updates = Array.from({ length: 3 }, () => update('1'))
  const [first, second, third] = updates
  if (!first || !second || !third) throw new Error('There are three updates.')
  queue.add(first, 0)
  queue.add(update('2'), 0)
  queue.add(second, 0)
  const taken = queue.take()
  queue.add(third, 0)
  expect([...queue.unstored('1')]).toEqual(updates)
  queue.putBack(taken.filter((event) => event.update === second))
  expect([...queue.unstored('1')].map((each) => updates.indexOf(each))).toEqual([0, 1, 2])
  queue.release()
  expect([...queue.unstored('1')].map((each) => updates.indexOf(each))).toEqual([1, 2])
  expect([...queue.unstored('3')]).toEqual([])
})

test('the events of a guild for which a moderator waits are in the next batch', () => {
  const queue = new EventQueue()
  for (let guild = 1; guild <= 1000; guild++) fill(queue, String(guild), 1)
  fill(queue, '1000', 100)
  queue.hurry('1000')
  queue.hurry('2000')
  const batch = queue.take()
  expect(guildsOf(batch).slice(0, 3)).toEqual(['1000', '1', '2'])
  queue.release()
  expect(queue.hasStored('1000', queue.added)).toBe(true)
})

test('guilds that are hurried take turns, and the others get a part of each batch after them', () => {
  const queue = new EventQueue()
  for (const guildId of ['1', '2', '3']) fill(queue, guildId, 150)
  queue.hurry('2')
  queue.hurry('3')
  const order = drain(queue).map(({ update: { guildId } }) => guildId)
  expect(order.slice(0, 100)).toEqual([...Array(50).fill('2'), ...Array(50).fill('3')])
  expect(order.indexOf('1')).toBe(200)
  expect(order.slice(200, 250)).toEqual(Array(50).fill('1'))
  expect(order.slice(250, 350)).not.toContain('1')
  // It is hurried only until none of its events waits.
  fill(queue, '1', 1)
  fill(queue, '2', 1)
  expect(guildsOf(queue.take())).toEqual(['1', '2'])
})

test('few entries with long lists of changes are in a batch, because each takes long to write', () => {
  const queue = new EventQueue()
  const words = Array.from({ length: 1000 }, (_, index) => `word ${index}`)
  const changes = [{ key: 'trigger_metadata', new_value: { keyword_filter: words } }]
  const entries = [entryOf('1', { id: '7', action_type: 141, changes })]
  for (let count = 0; count < 50; count++) queue.add({ guildId: '1', entries, from: 'gateway' }, 0)
  const batch = queue.take()
  expect(batch.length).toBeGreaterThanOrEqual(5)
  expect(batch.length).toBeLessThanOrEqual(20)
})

test('dropped events count as stored, and nothing waits', () => {
  const queue = new EventQueue()
  fill(queue, '1', 2)
  fill(queue, '2', 1)
  queue.hurry('2')
  expect(queue.clear()).toEqual(['1', '2'])
  expect(queue.size).toBe(0)
  expect(queue.take()).toEqual([])
  expect(queue.hasStored('1', queue.added)).toBe(true)
})

test('whoever waits for events that are dropped waits no longer', async () => {
  const queue = new EventQueue()
  fill(queue, '1', 1)
  const stored = queue.stored('1').then(() => 'stored')
  queue.clear()
  expect(await Promise.race([stored, immediate('waiting')])).toBe('stored')
})

test('a guild that is always hurried and never done leaves a part of each batch to the others', () => {
  const queue = new EventQueue()
  for (const guildId of ['1', '2', '3']) fill(queue, guildId, 10)
  for (let batches = 0; batches < 3; batches++) {
    fill(queue, '9', 2 * BATCH)
    queue.hurry('9')
    queue.take()
    queue.release()
  }
  expect(queue.hasStored('1', 30)).toBe(true)
  expect(queue.hasStored('3', 30)).toBe(true)
})

test('each guild’s events are taken in order and once, whatever is put back and hurried', () => {
  const anyStep = fc.oneof(
    fc.record({ type: fc.constant('add' as const), guild: fc.nat(3), howMany: fc.nat(120) }),
    fc.record({ type: fc.constant('hurry' as const), guild: fc.nat(3) }),
    fc.record({ type: fc.constant('take' as const), kept: fc.nat(BATCH) }),
  )
  fc.assert(
    fc.property(fc.array(anyStep), (steps) => {
      const queue = new EventQueue()
      const stored: QueuedEvent[] = []
      for (const step of steps) {
        if (step.type === 'add') fill(queue, String(step.guild), step.howMany)
        else if (step.type === 'hurry') queue.hurry(String(step.guild))
        else {
          const batch = queue.take()
          expect(batch.length).toBeLessThanOrEqual(BATCH / 2)
          stored.push(...batch.slice(0, step.kept))
          queue.putBack(batch.slice(step.kept))
          queue.release()
        }
      }
      stored.push(...drain(queue))
      expect(sequences(stored).sort((a, b) => a - b)).toEqual(
        Array.from({ length: queue.added }, (_, index) => index + 1),
      )
      for (const ofGuild of Map.groupBy(stored, (event) => event.update.guildId).values()) {
        expect(sequences(ofGuild)).toEqual(sequences(ofGuild).sort((a, b) => a - b))
      }
    }),
  )
})

test('nobody waits for an event that has only names', async () => {
  const queue = new EventQueue()
  const names = { guildId: '1', entries: [], from: 'gateway' } as const
  queue.add(names, 0)
  expect(queue.hasStored('1', queue.added)).toBe(true)
  await queue.stored('1')
})

test('the events that are not stored are counted, those that are being written included, and the oldest is known', () => {
  const queue = new EventQueue()
  expect(queue.unstoredEvents).toEqual({ count: 0, oldestAt: undefined })
  queue.add(update('1'), 30)
  queue.add(update('2'), 20)
  queue.add(update('1'), 40)
  expect(queue.unstoredEvents).toEqual({ count: 3, oldestAt: 20 })
  const batch = queue.take()
  queue.add(update('2'), 50)
  expect(queue.unstoredEvents).toEqual({ count: 4, oldestAt: 20 })
  queue.putBack(batch)
  queue.release()
  expect(queue.unstoredEvents).toEqual({ count: 4, oldestAt: 20 })
  queue.take()
  queue.release()
  expect(queue.unstoredEvents).toEqual({ count: 0, oldestAt: undefined })
})
