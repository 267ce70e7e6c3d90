import { REST } from 'discord.js'
import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, onTestFinished, test } from 'vitest'
import { missingAccess } from '../../../sandbox/rest/errors.ts'
import { always, apiErrorFault } from '../../../sandbox/rest/faults.ts'
import { GuildRoles } from '../../../src/discord/rest/guild-roles.ts'
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** A guild, and how often Discord was asked. */
async function open() {
  const { clock, discord, town } = await openDiscord()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const { signal } = stopping
  const log = new RecordedLog()
  const budget = new ReadBudget(clock, { perSecond: 1000, backgroundPerMinute: 1000 }, signal)
  const rest = new REST({ api: discord.api, retries: 0 }).setToken(TOKEN)
  let requests = 0
  discord.fault = () => {
    requests++
    return undefined
  }
  const roles = new GuildRoles({ rest, budget, clock, log, signal })
  return { clock, discord, log, roles, town, requests: () => requests, guildId: town.guild.id }
}

describe('the roles of a guild', () => {
  test('are read with what they permit, and again after a few seconds', async () => {
    const { clock, guildId, requests, roles, town } = await open()
    const { admin } = town.roles
    expect((await roles.permissionsIn(guildId)).get(admin.id)).toBe(May.Administrator)
    town.guild.roles.set(admin.id, { ...admin, permissions: '0' })
    expect((await roles.permissionsIn(guildId)).get(admin.id)).toBe(May.Administrator)
    expect(requests()).toBe(1)
    clock.advance(5000)
    expect((await roles.permissionsIn(guildId)).get(admin.id)).toBe(0n)
  })

  test('that Discord does not send are an error, which is logged, and read again by the next', async () => {
    const { discord, guildId, log, roles } = await open()
    discord.fault = always(/roles/, apiErrorFault(missingAccess()))
    await expect(roles.permissionsIn(guildId)).rejects.toThrow()
    expect(log.times('Reading roles failed.')).toBe(1)
    discord.fault = undefined
    expect((await roles.permissionsIn(guildId)).size).toBeGreaterThan(1)
  })
})

describe('the roles of a member', () => {
  test('are read', async () => {
    const { guildId, roles, town } = await open()
    const [moderator] = town.moderators
    const { roles: held } = town.guild.members.get(moderator?.id ?? '') ?? {}
    expect(await roles.rolesOf(guildId, moderator?.id ?? '')).toEqual(held)
  })

  test('who is not in the guild are none', async () => {
    const { discord, guildId, log, roles } = await open()
    const { id } = discord.world.addUser('stranger')
    expect(await roles.rolesOf(guildId, id)).toEqual([])
    expect(await roles.rolesOf(guildId, id)).toEqual([])
    expect(log.lines).toEqual([])
  })
})
