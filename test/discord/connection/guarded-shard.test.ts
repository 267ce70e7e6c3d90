import { once } from 'node:events'
import {
  managerToFetchingStrategyOptions,
  WebSocketShardEvents as ShardEvent,
  SimpleContextFetchingStrategy,
  WebSocketManager,
  WebSocketShardDestroyRecovery,
} from '@discordjs/ws'
import { GatewayIntentBits, REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { Gate } from '../../../src/core/sharding/gate.ts'
import { GuardedShard } from '../../../src/discord/connection/guarded-shard.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** A shard that is in session. */
async function inSession(resumeTimeout?: number) {
  const { discord } = await openDiscord()
  const manager = new WebSocketManager({
    token: TOKEN,
    intents: GatewayIntentBits.Guilds,
    rest: new REST({ api: discord.api }).setToken(TOKEN),
    buildIdentifyThrottler: () => ({ waitForIdentify: async () => {} }),
  })
  const options = await managerToFetchingStrategyOptions(manager)
  const log = new RecordedLog()
  const deps = {
    events: new GatewayEvents(log),
    gate: new Gate(),
    log,
    ...(resumeTimeout && { resumeTimeout }),
  }
  const shard = new GuardedShard(new SimpleContextFetchingStrategy(manager, options), 0, deps)
  onTestFinished(() => shard.destroy())
  await shard.connect()
  return { gateway: discord.gateway, shard }
}

test('a RESUME that is not answered leads to a new session', async () => {
  const { gateway, shard } = await inSession(50)
  gateway.answersResume = false
  const ready = once(shard, ShardEvent.Ready)
  gateway.dropConnections()
  await ready
})

test('a shard that waits for RESUMED can be closed', async () => {
  const { gateway, shard } = await inSession()
  gateway.answersResume = false
  const greeted = once(shard, ShardEvent.Hello)
  gateway.dropConnections()
  await greeted
  await new Promise(setImmediate)
  await shard.destroy()
})

test('a shard that is closed while it is reconnecting does not reconnect', async () => {
  const { gateway, shard } = await inSession()
  const reconnected = shard.destroy({ recover: WebSocketShardDestroyRecovery.Resume })
  await once(shard, ShardEvent.Closed)
  await shard.destroy()
  await reconnected
  expect(gateway.connections).toBe(1)
})
