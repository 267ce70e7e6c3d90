import { managerToFetchingStrategyOptions, WebSocketManager } from '@discordjs/ws'
import { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { LoginPace } from '../../../src/discord/gateway/login-pace.ts'
import { PacedStrategy } from '../../../src/discord/gateway/paced-strategy.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

test('a shard whose connection has closed while it waited for its turn does not log in on the next one', async () => {
  const { clock, discord } = await openDiscord()
  const page = Promise.withResolvers<void>()
  const manager = new WebSocketManager({
    token: TOKEN,
    intents: 0,
    rest: new REST({ api: discord.api }).setToken(TOKEN),
    buildIdentifyThrottler: () => ({ waitForIdentify: () => page.promise }),
  })
  const options = await managerToFetchingStrategyOptions(manager)
  const strategy = new PacedStrategy(manager, options, new LoginPace(clock))
  const closed = new AbortController()
  const login = strategy.waitForIdentify(0, closed.signal)
  closed.abort()
  page.resolve()
  await expect(login).rejects.toBe(closed.signal.reason)
})
