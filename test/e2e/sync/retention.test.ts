import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { forgetEverything } from '../../support/archive/forget.ts'
import { entriesHeld } from '../../support/entries-held.ts'
import { GUILD_PURGED, READ, REMOVED_FROM_GUILD, RETENTION_APPLIED } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Lets days pass, each after the maintenance of the day before. */
async function pass({ clock }: OpenCustos, days: number): Promise<void> {
  if (days === 1) clock.advance(DAY)
  for (let day = 1; day < days; day++) {
    const round = clock.sleepThrough(DAY)
    if (day === 1) clock.advance(DAY)
    await round
  }
}

function onTwoShards({ discord }: Town): void {
  discord.gateway.shards = 2
  discord.gateway.maxConcurrency = 2
}

function remove({ town, discord }: OpenCustos): void {
  town.guild.members.delete(town.bot.id)
  discord.gateway.announceLeave(town.guild.id, town.bot.id)
}

function bringBack({ town, discord, clock }: OpenCustos): void {
  town.guild.addMember(town.bot.user, [town.roles.custos.id], clock.now())
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
}

test('with RETENTION_DAYS, older entries are deleted every day, and answers say how far back they are complete', async () => {
  const here = await openCustos({
    days: 60,
    perDay: 10,
    retentionDays: 60,
    environment: { RETENTION_DAYS: '50' },
  })
  const { moderator, town, actor, clock, log } = here
  await log.waitFor(READ)
  // The maintenance of the start can still be running, and know no entry yet: then it trusts the time a day later.
  for (let day = 0; day < 2; day++) {
    members.kick(actor(0), town.members[day]?.id ?? '')
    await moderator.command('audit recent')
    const maintained = clock.slept(DAY)
    clock.advance(DAY)
    await maintained
  }
  await log.waitFor(RETENTION_APPLIED)
  const bound = clock.now() - 50 * DAY
  const left = town.guild.log.since(bound)
  const { message } = await moderator.command('audit recent', { order: 'oldest', limit: 1000 })
  expect(entryIdsOf(message)).toEqual(left.slice(0, 10).map(({ id }) => id))
  expect(footersOf(message)[0]).toContain(`of ${left.length}, oldest first · All time · Complete since`)
  const window = await moderator.command('audit user', { user: moderator.userId, since: '55d' })
  expect(footersOf(window.message)[0]).toContain('Incomplete: nothing is known before 7 Oct 2026')
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Custos keeps')).toBe('50 days')
})

test('without RETENTION_DAYS everything stays stored, and the buttons of a list work for 90 days', async () => {
  const here = await openCustos({ days: 30, perDay: 4 })
  const { moderator, log } = here
  await log.waitFor(READ)
  const before = await entriesHeld(here)
  const list = await moderator.command('audit recent', { public: true })
  await pass(here, 89)
  await moderator.click(list.message, 'Next')
  expect(textOf(list.message)).toContain('11–20 of')
  await pass(here, 3)
  expect(await entriesHeld(here)).toBe(before)
  const late = await moderator.click(list.message, 'Next')
  expect(textOf(late.message)).toBe(
    'The buttons and menus of this reply no longer work. Run the command again.',
  )
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Custos keeps')).toBe('everything')
})

test('a server that removed the bot is purged after 30 days', async () => {
  const here = await openCustos({ days: 5 })
  const { log, town } = here
  await log.waitFor(READ)
  remove(here)
  await log.waitFor(REMOVED_FROM_GUILD)
  await pass(here, 29)
  expect(log.lines.map(({ message }) => message)).not.toContain(GUILD_PURGED)
  await pass(here, 1)
  await log.waitFor(GUILD_PURGED)
  expect(log.lines.find(({ message }) => message === GUILD_PURGED)?.facts).toMatchObject({
    guild: town.guild.id,
  })
})

test.each(['everything', 'one member'])(
  'a bot that is invited again after a purge does not restore %s that was erased, although Discord still has it',
  async (what) => {
    const here = await openCustos({
      days: 20,
      archiveUrl: await archiveUrl(),
      environment: { PURGE_AFTER_DAYS: '1' },
    })
    const { log, moderator, town, actor, clock } = here
    const [victim = ''] = town.members.map(({ id }) => id)
    members.kick(actor(1), victim, 'Rude to everybody')
    await log.waitFor(READ)
    const erased = clock.now()
    if (what === 'everything') {
      await forgetEverything(here)
    } else {
      const { message } = await moderator.command('custos forget', { member: victim })
      const reply = await moderator.click(message, buttonsOf(message)[0]?.label ?? '')
      await reply.until(() => textOf(message).startsWith('Erased'))
    }
    clock.advance(HOUR)
    members.kick(actor(0), town.members[3]?.id ?? '', 'Spam')
    await moderator.command('audit recent')
    remove(here)
    await log.waitFor(REMOVED_FROM_GUILD)
    await pass(here, 2)
    await log.waitFor(GUILD_PURGED)
    bringBack(here)
    await log.waitFor(READ, log.lines.filter((line) => line.message === READ).length + 1)
    const { message: recent } = await moderator.command('audit recent')
    const all = town.guild.log.since()
    const expected = what === 'everything' ? town.guild.log.since(erased + 1) : all
    expect(all.length).toBeGreaterThan(100)
    expect(await entriesHeld(here)).toBe(expected.length)
    expect(textOf(recent)).not.toContain('Rude to everybody')
    expect(textOf(recent)).toContain('Spam')
    const name = here.discord.world.users.get(victim)?.global_name ?? ''
    const suggested = await moderator.autocomplete('audit target', 'on', name)
    expect(suggested.map(({ value }) => value)).not.toContain(victim)
  },
)

test('a removal while the bot was stopped is noticed at the start', async () => {
  const here = await openCustos({
    days: 5,
    archiveUrl: await archiveUrl(),
    environment: { PURGE_AFTER_DAYS: '0' },
    prepare: onTwoShards,
  })
  const { log, stopBot, startBot, town } = here
  await log.waitFor(READ)
  await stopBot()
  town.guild.members.delete(town.bot.id)
  await startBot()
  await log.waitFor(REMOVED_FROM_GUILD)
  await log.waitFor(GUILD_PURGED)
})

test('an outage is not a removal, and neither is a server that belongs to another shard', async () => {
  const here = await openCustos({
    days: 5,
    archiveUrl: await archiveUrl(),
    environment: { PURGE_AFTER_DAYS: '0' },
    prepare: onTwoShards,
  })
  const { log, discord, town, restart } = here
  await log.waitFor(READ)
  const before = await entriesHeld(here)
  discord.gateway.setAvailable(town.guild.id, false)
  await pass(here, 1)
  await restart()
  await pass(here, 1)
  discord.gateway.setAvailable(town.guild.id, true)
  await log.waitFor(READ, 2)
  expect(await entriesHeld(here)).toBe(before)
  expect(log.lines.map(({ message }) => message)).not.toContain(REMOVED_FROM_GUILD)
  members.kick(here.actor(0), town.members[0]?.id ?? '')
})
