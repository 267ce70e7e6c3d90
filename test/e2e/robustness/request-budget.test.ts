import { expect, test } from 'vitest'
import { AUDIT_LOG } from '../../../sandbox/rest/faults.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { READ, READ_FAILED } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { footersOf } from '../../support/read.ts'

const HOUR = 3_600_000

/** The guilds whose logs are requested from now on, in order. */
function readsOf({ discord }: Pick<OpenCustos, 'discord'>): string[] {
  const reads: string[] = []
  discord.fault = (_, path) => {
    const guildId = AUDIT_LOG.exec(path)?.[1]
    if (guildId) reads.push(guildId)
    return undefined
  }
  return reads
}

/** Adds more guilds that the bot is in. */
function addGuilds(howMany: number, { discord, bot, moderators, roles }: Town): void {
  for (let count = 0; count < howMany; count++) {
    const { world } = discord
    const guild = world.addGuild(`Guild ${count}`, moderators[0]?.id ?? '', world.now() - 30 * 24 * HOUR)
    guild.roles.set(roles.custos.id, roles.custos)
    guild.addMember(bot.user, [roles.custos.id], world.now())
  }
}

test('among hundreds of guilds at the start, the one in which a moderator waits is read first', async () => {
  let reads: string[] = []
  const here = await openCustos({
    days: 30,
    perDay: 20,
    prepare: (town) => {
      addGuilds(300, town)
      reads = readsOf(town)
    },
  })
  const { message } = await here.moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain(`of ${here.town.guild.log.since().length}, `)
  const others = reads.filter((guildId) => guildId !== here.town.guild.id)
  expect(others.length).toBeLessThan(100)
})

test('background reads make no more requests a minute than the setting allows', async () => {
  let reads: string[] = []
  const here = await openCustos({
    environment: { READS_PER_MINUTE: '20' },
    prepare: (town) => {
      addGuilds(50, town)
      reads = readsOf(town)
    },
  })
  const settled = async (times: number) => {
    while (reads.length < times) await new Promise((resolve) => setTimeout(resolve, 10))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await settled(20)
  expect(reads).toHaveLength(20)
  here.clock.advance(60_000)
  await settled(40)
  expect(reads).toHaveLength(40)
})

test('a guild that cannot be read is retried less and less often', async () => {
  const here = await openCustos()
  const { clock, discord, log, moderator } = here
  await log.waitFor(READ)
  let requests = 0
  discord.fault = (_, path) => {
    if (!AUDIT_LOG.test(path)) return undefined
    requests++
    return { status: 500 }
  }
  await moderator.command('audit recent')
  for (let failures = 1; failures <= 4; failures++) {
    await log.waitFor(READ_FAILED, failures)
    const before = requests
    clock.advance(60_000 * 2 ** (failures - 1) - 1)
    expect(requests).toBe(before)
    clock.advance(1)
  }
})

test('after an outage each guild is read exactly once', async () => {
  const here = await openCustos({ prepare: (town) => addGuilds(20, town) })
  await here.log.waitFor(READ, 21)
  const reads = readsOf(here)
  here.discord.gateway.dropConnections()
  await here.moderator.command('audit recent').catch(() => {})
  expect(new Set(reads).size).toBeLessThanOrEqual(1)
})
