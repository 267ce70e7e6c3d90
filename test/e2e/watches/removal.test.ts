import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { forgetEverything } from '../../support/archive/forget.ts'
import { GUILD_PURGED, READ, REMOVED_FROM_GUILD } from '../../support/log-messages.ts'
import { type OpenFeed, openFeed } from '../../support/open-feed.ts'
import { textOf } from '../../support/read.ts'

const DAY = 86_400_000

/** Another channel in which Custos may post. @returns its id */
function addChannel({ discord, town }: OpenFeed, name: string): string {
  const id = discord.world.newId()
  town.guild.channels.set(id, textChannel(id, town.guild.id, name, 30))
  return id
}

function removeBot({ town, discord }: OpenFeed): void {
  town.guild.members.delete(town.bot.id)
  discord.gateway.announceLeave(town.guild.id, town.bot.id)
}

async function bringBack({ town, discord, clock, log }: OpenFeed): Promise<void> {
  const reads = log.lines.filter(({ message }) => message === READ).length
  town.guild.addMember(town.bot.user, [town.roles.custos.id], clock.now())
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  await log.waitFor(READ, reads + 1)
}

test('a server whose data was deleted starts again: its old feeds post nothing, and a new one posts what it was set for', async () => {
  const here = await openFeed({ archiveUrl: await archiveUrl(), environment: { PURGE_AFTER_DAYS: '1' } })
  const { actor, clock, log, posts, town } = here
  const [one = '', two = '', three = '', four = ''] = town.members.map(({ id }) => id)
  members.kick(actor(1), one, 'Before')
  await here.posted(1)
  removeBot(here)
  await log.waitFor(REMOVED_FROM_GUILD)
  for (let day = 0; day < 2; day++) {
    const round = clock.sleepThrough(DAY)
    clock.advance(DAY)
    await round
  }
  await log.waitFor(GUILD_PURGED)
  await bringBack(here)
  members.kick(actor(1), two, 'Between')
  await here.arrived()
  const other = addChannel(here, 'other-log')
  await here.addFeed({ to: other, action: 'Member Ban Add' })
  members.kick(actor(1), three, 'After')
  members.ban(actor(1), four, 'After')
  const [post] = await here.posted(1, other)
  expect(post && textOf(post)).toContain('banned')
  await here.pass(5000)
  expect(posts()).toHaveLength(1)
  expect(posts(other)).toHaveLength(1)
})

test('a server that Custos was removed from while it was stopped is not posted in, and nobody is told; back in it, the feed goes on', async () => {
  const here = await openFeed({ archiveUrl: await archiveUrl() })
  const { actor, clock, log, town } = here
  await here.moderator.command('custos digest add', { to: here.modLog, every: 'day', at: '0:00' })
  await here.stopBot()
  town.guild.members.delete(town.bot.id)
  members.kick(actor(1), town.members[0]?.id ?? '', 'While it was away')
  clock.advance(2 * DAY)
  await here.startBot()
  await log.waitFor(REMOVED_FROM_GUILD)
  await here.pass(30_000)
  const messages = log.lines.map(({ message }) => message)
  expect(messages).not.toContain(
    'A feed, alert or digest cannot post in its channel; it is paused until it can.',
  )
  expect(messages).not.toContain(
    'Reading the audit log failed: Discord says that Custos is not in the server.',
  )
  expect(here.posts()).toEqual([])
  await bringBack(here)
  await here.shows('While it was away')
})

test('when everything is erased during a flood, nothing more is posted, and a new feed begins with what comes after it', async () => {
  const here = await openFeed({ archiveUrl: await archiveUrl() })
  const { actor, discord, town } = here
  const raiders = Array.from({ length: 40 }, (_, index) => discord.world.addUser(`raider${index}`).id)
  for (const raider of raiders.slice(0, 20)) members.ban(actor(1), raider)
  await here.shows('⚠️')
  await forgetEverything(here)
  const before = here.posts().map(textOf)
  for (const raider of raiders.slice(20)) members.ban(actor(1), raider)
  await here.arrived()
  await here.pass(120_000)
  expect(here.posts().map(textOf)).toEqual(before)
  await here.addFeed()
  members.kick(actor(1), town.members[0]?.id ?? '', 'After')
  await here.shows('> After')
  expect(here.posts()).toHaveLength(before.length + 1)
})
