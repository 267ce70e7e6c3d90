import { managerToFetchingStrategyOptions, WebSocketManager } from '@discordjs/ws'
import { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { IdentifyPacer } from '../../../src/discord/connection/identify-pacer.ts'
import { PacedStrategy } from '../../../src/discord/connection/paced-strategy.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

test('a shard whose connection was closed while it waited does not identify on the next one', async () => {
  const { clock, discord } = await openDiscord()
  const permit = Promise.withResolvers<void>()
  const manager = new WebSocketManager({
    token: TOKEN,
    intents: 0,
    rest: new REST({ api: discord.api }).setToken(TOKEN),
    buildIdentifyThrottler: () => ({ waitForIdentify: () => permit.promise }),
  })
  const options = await managerToFetchingStrategyOptions(manager)
  const strategy = new PacedStrategy(manager, options, new IdentifyPacer(clock))
  const closed = new AbortController()
  const login = strategy.waitForIdentify(0, closed.signal)
  closed.abort()
  permit.resolve()
  await expect(login).rejects.toBe(closed.signal.reason)
})
