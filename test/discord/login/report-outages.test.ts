import { Client, Events } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { Gate } from '../../../src/core/sharding/gate.ts'
import { reportOutages } from '../../../src/discord/login/report-outages.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** A bot that was connected, and its log. */
function connected() {
  const client = new Client({ intents: [] })
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const gate = new Gate()
  reportOutages({ client, gate, clock, log, signal: stopping.signal })
  const wait = async (milliseconds: number) => {
    clock.advance(milliseconds)
    await new Promise(setImmediate)
  }
  return {
    client,
    gate,
    wait,
    stop: () => stopping.abort(),
    logged: () => log.lines,
  }
}

const out = (waitedSeconds: number, shard = 0) => ({
  level: 'warn',
  message: 'Discord’s gateway cannot be reached; still trying. Entries made meanwhile are read afterwards.',
  facts: { shard, waitedSeconds },
})

test.each([Events.ShardReady, Events.ShardResume] as const)(
  'an outage is logged after five seconds, then less and less often, and so is its end by %s',
  async (back) => {
    const { client, wait, logged } = connected()
    client.emit(Events.ShardReconnecting, 0)
    await wait(4999)
    expect(logged()).toEqual([])
    await wait(1)
    client.emit(Events.ShardReconnecting, 0)
    await wait(10_000)
    await wait(5000)
    if (back === Events.ShardReady) client.emit(back, 0, undefined)
    else client.emit(back, 0, 3)
    await wait(600_000)
    expect(logged()).toEqual([
      out(5),
      out(15),
      {
        level: 'info',
        message: 'Reconnected to Discord’s gateway.',
        facts: { shard: 0, waitedSeconds: 20 },
      },
    ])
  },
)

test('a connection that is back at once is not logged', async () => {
  const { client, wait, logged } = connected()
  client.emit(Events.ShardReconnecting, 0)
  await wait(4000)
  client.emit(Events.ShardResume, 0, 3)
  await wait(600_000)
  expect(logged()).toEqual([])
})

test('each shard has its own outage, and none is logged after Custos stops', async () => {
  const { client, wait, logged, stop } = connected()
  client.emit(Events.ShardReconnecting, 0)
  client.emit(Events.ShardReconnecting, 1)
  client.emit(Events.ShardResume, 0, 3)
  await wait(5000)
  stop()
  await wait(600_000)
  expect(logged()).toEqual([out(5, 1)])
})

test('connections that Custos closes itself are no outage', async () => {
  const { client, gate, wait, logged } = connected()
  gate.close()
  client.emit(Events.ShardReconnecting, 0)
  await wait(60_000)
  gate.open()
  client.emit(Events.ShardResume, 0, 0)
  expect(logged()).toEqual([])
})
