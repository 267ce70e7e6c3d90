import { expect, test } from 'vitest'
import type { ShardConnection } from '../../../sandbox/gateway/connections.ts'
import { doubleConnections, hastyIdentifies, type Pauses, unserved } from './connections.ts'

const NO_PAUSE: Pauses = new Map()

/** A connection of a host, in seconds. */
function connection(host: string, from: number, until?: number, shard = 0): ShardConnection {
  return {
    type: 'identify',
    botId: '1',
    shard,
    shardCount: 4,
    sessionId: 's',
    host,
    from: from * 1000,
    until: until === undefined ? undefined : until * 1000,
  }
}

function pause(host: string, from: number, until: number): Pauses {
  return new Map([[host, [{ from: from * 1000, until: until * 1000 }]]])
}

test('a shard that two processes are connected with at a time is noticed', () => {
  const record = [connection('a', 0, 20), connection('b', 19, 30)]
  expect(doubleConnections(record, NO_PAUSE)).toEqual(['Shard 0 was connected by a and b for 1000 ms.'])
  expect(doubleConnections([connection('a', 0), connection('b', 19)], NO_PAUSE)).toHaveLength(1)
})

test('one process after another, one process twice, and two shards are no double connection', () => {
  expect(doubleConnections([connection('a', 0, 20), connection('b', 20, 30)], NO_PAUSE)).toEqual([])
  expect(doubleConnections([connection('a', 0, 20), connection('a', 19, 30)], NO_PAUSE)).toEqual([])
  expect(doubleConnections([connection('a', 0, 20), connection('b', 10, 30, 1)], NO_PAUSE)).toEqual([])
})

test('a paused process may stay connected, until shortly after it goes on', () => {
  const record = (until: number) => [connection('a', 0, until), connection('b', 40)]
  expect(doubleConnections(record(101), pause('a', 10, 100))).toEqual([])
  expect(doubleConnections(record(110), pause('a', 10, 100))).toHaveLength(1)
  // It was running when the other connected.
  expect(doubleConnections(record(101), pause('a', 41, 100))).toHaveLength(1)
})

test('identifies of a bucket less than the interval apart are noticed, others not', () => {
  const record = [
    connection('a', 0, 1, 0),
    connection('a', 2, 3, 1),
    connection('b', 4, 9, 2),
    connection('b', 9, 20, 3),
  ]
  expect(hastyIdentifies(record, 2, 5000)).toEqual(['Shard 2 identified 4000 ms after shard 0.'])
})

test('a shard is unserved before, between and after its connections, and while its process is paused', () => {
  const record = [
    connection('a', 1, 5),
    connection('b', 8, 20),
    connection('a', 4, 4.5),
    connection('b', 0, 9, 1),
  ]
  const range = { from: 0, until: 22_000 }
  const seconds = (pauses: Pauses) =>
    unserved(record, pauses, 0, range).map(({ from, until }) => [from / 1000, until / 1000])
  expect(seconds(NO_PAUSE)).toEqual([
    [0, 1],
    [5, 8],
    [20, 22],
  ])
  expect(seconds(pause('b', 10, 12))).toContainEqual([10, 12])
  expect(seconds(pause('b', 10, Number.POSITIVE_INFINITY))).toContainEqual([10, 22])
  expect(unserved([], NO_PAUSE, 0, range)).toEqual([range])
})
