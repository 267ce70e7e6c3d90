import { expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

const DAY = 86_400_000

const idsOf = (entries: readonly LogEntry[]) => entries.map(({ id }) => id)

test('what a moderator did is counted, split and listed', async () => {
  const { moderator, town } = await openCustos({ days: 20, perDay: 50 })
  for (const index of [0, 3, 10]) {
    const id = town.moderators[index]?.id ?? ''
    const entries = town.guild.log.since().filter(({ user_id }) => user_id === id)
    const { message } = await moderator.command('audit user', { user: id })
    expect(numberIn(fieldOf(message, 'Actions')), `moderator ${index}`).toBe(entries.length)
    const newest = entries.toReversed().slice(0, 10)
    expect(entryIdsOf(message)).toEqual(newest.map((entry) => entry.id))
  }
})

test('the split separates timeouts from other member updates, and messages from entries', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [first = '', second = ''] = town.members.map(({ id }) => id)
  members.timeout(actor(1), first, clock.now() + DAY)
  members.timeout(actor(1), second, clock.now() + DAY)
  members.timeout(actor(1), second, null)
  members.setNickname(actor(1), first, 'Bob')
  members.setNickname(actor(1), actor(1).actorId, 'Me')
  for (let count = 0; count < 5; count++) messages.deleteMessage(actor(1), town.channels[0] ?? '', first)
  members.kick(actor(0), first)
  const { message } = await moderator.command('audit user', { user: actor(1).actorId })
  expect(fieldOf(message, 'Actions')).toBe('6')
  expect(fieldOf(message, 'By action')?.split(' · ')).toEqual([
    '⏳ Member Timeout **2**',
    '👤 Member Update **2**',
    '⌛ Member Timeout Remove **1**',
    '🗑️ Message Delete **1** (5 messages)',
  ])
})

test('what AutoMod did to a member is said to be its own, although Discord names the member for it', async () => {
  const { moderator, town, actor } = await openCustos()
  const [member = ''] = town.members.map(({ id }) => id)
  members.setNickname({ ...actor(0), actorId: member }, member, 'Me')
  automod.blockMessage(actor(0), { name: 'Spam', trigger: 1 }, member, town.channels[0] ?? '')
  const { message } = await moderator.command('audit user', { user: member })
  expect(fieldOf(message, 'Actions')).toBe('2\n1 of them by AutoMod, on this member')
})

test('with more than five actions, the rest is summed up', async () => {
  const { moderator, town } = await openCustos({ days: 30, perDay: 80 })
  const { message } = await moderator.command('audit user', { user: town.moderators[0]?.id ?? '' })
  const parts = fieldOf(message, 'By action')?.split(' · ') ?? []
  expect(parts).toHaveLength(6)
  expect(parts[5]).toMatch(/^\d+ other kinds \*\*\d+\*\*$/)
})

test('options narrow what is counted: action, channel, since, until, reason', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [member = '', other = ''] = town.members.map(({ id }) => id)
  const [general = '', help = ''] = town.channels
  members.kick(actor(0), member, 'Spam')
  messages.deleteMessage(actor(0), general, member)
  messages.deleteMessage(actor(0), help, other)
  clock.advance(DAY)
  members.kick(actor(0), other, 'Flood')
  const actions = async (values: Record<string, string>) => {
    const { message } = await moderator.command('audit user', { user: actor(0).actorId, ...values })
    return fieldOf(message, 'Actions')
  }
  expect(await actions({})).toBe('4')
  expect(await actions({ action: 'Member Kick' })).toBe('2')
  expect(await actions({ channel: help })).toBe('1')
  expect(await actions({ since: '1h' })).toBe('1')
  expect(await actions({ until: '1h' })).toBe('3')
  expect(await actions({ action: 'Member Kick', reason: 'spam' })).toBe('1')
})

test('order, limit and public work as in every list', async () => {
  const { moderator, town } = await openCustos({ days: 20, perDay: 50 })
  const id = town.moderators[0]?.id ?? ''
  const oldest = town.guild.log.since().filter(({ user_id }) => user_id === id)
  const reply = await moderator.command('audit user', { user: id, order: 'oldest', limit: 11, public: true })
  expect(reply.ephemeral).toBe(false)
  expect(entryIdsOf(reply.message)).toEqual(oldest.slice(0, 10).map((entry) => entry.id))
  await moderator.click(reply.message, 'Next')
  expect(entryIdsOf(reply.message)).toEqual(oldest.slice(10, 11).map((entry) => entry.id))
})

test('the default window is 90 days, and the footer says what is not covered', async () => {
  const { moderator, town } = await openCustos({ days: 10 })
  const { message } = await moderator.command('audit user', { user: town.moderators[0]?.id ?? '' })
  expect(footersOf(message)[0]).toMatch(
    /^1–10 of \d+, newest first · Since 26 Aug 2026, 12:00 UTC · Incomplete: nothing is known before 10 Oct 2026$/,
  )
})

test('a moderator who left is still shown by name', async () => {
  const { moderator, town, actor } = await openCustos({ days: 10 })
  town.guild.members.delete(actor(2).actorId)
  const { message } = await moderator.command('audit user', { user: actor(2).actorId })
  expect(textOf(message)).toMatch(/^\d+ actions by \\@Chidi\n/)
})

test('markdown in a name is escaped, in the title too', async () => {
  const { moderator, actor } = await openCustos({ days: 20 })
  const { message } = await moderator.command('audit user', { user: actor(9).actorId })
  expect(textOf(message).split('\n')[0]).toMatch(/ actions by \\@\\_jo\\_ \\\*\\\*the\\\*\\\* \\`quiet\\`$/)
})

test('a user who did nothing gets zero, not an error', async () => {
  const { moderator, town } = await openCustos({ days: 2 })
  const { message } = await moderator.command('audit user', { user: town.bot.id })
  expect(fieldOf(message, 'Actions')).toBe('0')
  expect(textOf(message)).toContain('No entries were found. The archive has nothing older.')
})

test('a user without a known name is mentioned, and not shown as a bare id', async () => {
  const { moderator, other } = await openCustos()
  const { message } = await moderator.command('audit user', { user: other.userId })
  expect(textOf(message)).toMatch(/^No actions by one member\n/)
  expect(textOf(message)).toContain(`by <@${other.userId}>`)
})

test('a moderator who acted only through bots gets what the bots did', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [bot, bruno] = [actor(10).actorId, actor(1).actorId]
  members.setNickname(actor(1), bruno, 'Bruno')
  clock.advance(DAY)
  for (const { id } of town.members.slice(0, 12)) members.ban(actor(10), id, 'Banned by bruno: spam')
  const { message } = await moderator.command('audit user', { user: bruno, since: '1h' })
  expect(textOf(message)).toMatch(/^No actions by \\@Bruno · 12 through bots\n/)
  expect(textOf(message)).toContain(
    `-# through bots, for <@${bruno}> · none of these are logged under their own name\n`,
  )
  expect(fieldOf(message, 'Actions')).toBe('0\n+12 through bots')
  expect(fieldOf(message, 'By action')).toBe('none')
  const banned = idsOf(town.guild.log.since(clock.now()).reverse())
  expect(entryIdsOf(message)).toEqual(banned.slice(0, 10))
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toEqual(banned.slice(10))
  expect(textOf(message)).toContain(`12. 🔨 <@${bot}> for <@${bruno}> banned`)
  expect(buttonsOf(message).map(({ label }) => label)).not.toContain('Through bots')
})
