import { Client, Events } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { sayOutages } from '../../src/discord/gateway-waits.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

/** A bot that was connected, and what its log has said. */
function connected() {
  const client = new Client({ intents: [] })
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  sayOutages({ client, clock, log, signal: stopping.signal })
  const wait = async (milliseconds: number) => {
    await clock.advance(milliseconds)
    await new Promise(setImmediate)
  }
  return {
    client,
    wait,
    stop: () => stopping.abort(),
    said: () => log.lines.map(({ level, message }) => `${level}: ${message}`),
  }
}

const out = (time: string) =>
  `warn: Discord’s gateway has been out of reach for ${time}. Still trying. What happens meanwhile is read when it is back.`

test.each([Events.ShardReady, Events.ShardResume] as const)(
  'an outage of the gateway is said after five seconds, then less and less often, and so is its end by %s',
  async (back) => {
    const { client, wait, said } = connected()
    client.emit(Events.ShardReconnecting, 0)
    await wait(4999)
    expect(said()).toEqual([])
    await wait(1)
    client.emit(Events.ShardReconnecting, 0)
    await wait(10_000)
    await wait(5000)
    if (back === Events.ShardReady) client.emit(back, 0, undefined)
    else client.emit(back, 0, 3)
    await wait(600_000)
    expect(said()).toEqual([
      out('5 seconds'),
      out('15 seconds'),
      'info: Discord’s gateway is back after 20 seconds.',
    ])
  },
)

test('a connection that is back at once is not worth a word', async () => {
  const { client, wait, said } = connected()
  client.emit(Events.ShardReconnecting, 0)
  await wait(4000)
  client.emit(Events.ShardResume, 0, 3)
  await wait(600_000)
  expect(said()).toEqual([])
})

test('each shard has its own outage, and none is said once Custos stops', async () => {
  const { client, wait, said, stop } = connected()
  client.emit(Events.ShardReconnecting, 0)
  client.emit(Events.ShardReconnecting, 1)
  client.emit(Events.ShardResume, 0, 3)
  await wait(5000)
  stop()
  await wait(600_000)
  expect(said()).toEqual([out('5 seconds')])
})
