import { setImmediate as immediate } from 'node:timers/promises'
import { REST, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { createLogClients, keepToken } from '../../../src/discord/rest/log-clients.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

async function openClients() {
  const { clock, discord, town } = await openDiscord()
  const rest = new REST({ api: discord.api }).setToken(TOKEN)
  const restFor = createLogClients({
    rest,
    api: discord.api,
    token: TOKEN,
    rateLimits: new RateLimits(clock),
  })
  return { discord, rest, restFor, route: Routes.guildAuditLog(town.guild.id) }
}

test('each action type has a client of its own, and pages of all types have the one that is there', async () => {
  const { rest, restFor } = await openClients()
  expect(restFor()).toBe(rest)
  expect(restFor(72)).toBe(restFor(72))
  expect(new Set([rest, restFor(72), restFor(26)]).size).toBe(3)
})

test('a client whose request Discord answers with 401 once goes on with its token', async () => {
  const { discord, restFor, route } = await openClients()
  const rest = restFor(72)
  discord.fault = () => ({ status: 401, body: '{"message":"401: Unauthorized","code":0}' })
  await expect(rest.get(route)).rejects.toThrow('Unauthorized')
  discord.fault = undefined
  await immediate()
  await expect(rest.get(route)).resolves.toHaveProperty('audit_log_entries')
})

test('a client without a token is given none', async () => {
  const { discord, route } = await openClients()
  const rest = new REST({ api: discord.api }).setToken(TOKEN)
  keepToken(rest, () => null)
  discord.fault = () => ({ status: 401, body: '{"message":"401: Unauthorized","code":0}' })
  await expect(rest.get(route)).rejects.toThrow('Unauthorized')
  await immediate()
  await expect(rest.get(route)).rejects.toThrow('Expected token to be set')
})
