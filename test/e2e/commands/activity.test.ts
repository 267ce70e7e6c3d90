import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as resources from '../../../sandbox/actions/resources.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'
import { SlowPainter } from '../../support/slow-painter.ts'

const DAY = 86_400_000

/** The first line of each moderator: rank, id and totals. */
function linesOf(message: Message): string[] {
  return textOf(message).match(/^\d+\. .*$/gm) ?? []
}

/** Both lines of each moderator, joined, with plain spaces after emoji. */
function wholeLinesOf(message: Message): string[] {
  const text = textOf(message).replaceAll('\u00A0', ' ')
  return text.match(/^\d+\. .*(?:\n-# .*)?$/gm) ?? []
}

/** Who is named in each line, and the total in bold. */
function totalsOf(message: Message): [id: string, total: number][] {
  return linesOf(message).map((line) => {
    const [, id = '', total = ''] = /^\d+\. <@(\d+)> \*\*([\d,]+)\*\*/.exec(line) ?? []
    return [id, Number(total.replaceAll(',', ''))]
  })
}

/** The totals of the town's human moderators, counted directly in the log. */
function truth({ town, clock }: OpenCustos, days: number): [id: string, total: number][] {
  const entries = town.guild.log.since(clock.now() - days * DAY)
  const people = town.moderators.filter(({ bot }) => !bot)
  return people.map(({ id }) => [id, entries.filter(({ user_id }) => user_id === id).length])
}

test('each moderator has rank, total, a split that adds up to it, and when they were last seen', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const member = town.members[0]?.id ?? ''
  members.ban(actor(0), member)
  members.timeout(actor(0), town.members[1]?.id ?? '', clock.now() + DAY)
  for (let count = 0; count < 7; count++) messages.deleteMessage(actor(0), town.channels[0] ?? '', member)
  members.addRoles(actor(0), town.members[2]?.id ?? '', [town.roles.trusted.id])
  clock.advance(DAY)
  members.kick(actor(1), town.members[3]?.id ?? '')
  const reply = await moderator.command('audit activity')
  const at = (days: number) => `<t:${(clock.now() - days * DAY) / 1000}:R>`
  expect(wholeLinesOf(reply.message)).toEqual([
    `1. <@${actor(0).actorId}> **4**\n-# 🔨 1 · ⏳ 1 · 🗑️ 1 (7 messages) · ⚙️ 1 · last seen ${at(1)}`,
    `2. <@${actor(1).actorId}> **1**\n-# 🔨 1 · last seen ${at(0)}`,
  ])
  expect(textOf(reply.message)).toContain('5 actions by 2 moderators')
  expect(footersOf(reply.message)[0]).toMatch(/^1–2 of 2 · Since 27 Aug 2026, 12:00 UTC · /)
  expect(reply.ephemeral).toBe(true)
})

test('every total equals a plain count over the log', async () => {
  const here = await openCustos({ days: 40, perDay: 50 })
  const { message } = await here.moderator.command('audit activity', { since: '30d' })
  expect(new Map(totalsOf(message))).toEqual(new Map(truth(here, 30)))
})

test('quiet moderators come last, with zeros and how long they have been quiet', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  members.kick(actor(2), town.members[0]?.id ?? '')
  clock.advance(20 * DAY)
  members.kick(actor(1), town.members[1]?.id ?? '')
  const { message } = await moderator.command('audit activity', { since: '7d' })
  expect(wholeLinesOf(message)).toEqual([
    `1. <@${actor(1).actorId}> **1** · ▲ 1\n-# 🔨 1 · last seen <t:${clock.now() / 1000}:R>`,
    `2. <@${actor(2).actorId}> **0** · quiet for 20 days, last seen <t:${(clock.now() - 20 * DAY) / 1000}:d>`,
  ])
  expect(textOf(message)).toContain('1 action by 1 moderator · 1 quiet')
})

test('more or less than in the window before is marked if that window is complete', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const kick = (who: number, times: number) => {
    for (let count = 0; count < times; count++) members.kick(actor(who), town.members[count]?.id ?? '')
  }
  kick(0, 5)
  kick(1, 2)
  clock.advance(8 * DAY)
  kick(0, 3)
  kick(1, 6)
  clock.advance(DAY)
  const marks = async (since: string) =>
    linesOf((await moderator.command('audit activity', { since })).message).map(
      (line) => /[▲▼] \d+/.exec(line)?.[0],
    )
  expect(await marks('7d')).toEqual(['▲ 4', '▼ 2'])
  expect(await marks('90d')).toEqual([undefined, undefined])
})

test('what any member may do makes nobody a moderator, and neither does being caught by AutoMod', async () => {
  const { moderator, town, actor } = await openCustos()
  const reader = { ...actor(0), actorId: town.members[0]?.id ?? '' }
  members.setNickname(reader, reader.actorId, 'Me')
  resources.createResource(reader, 'invite', { code: 'abc' })
  members.kick(actor(1), town.members[1]?.id ?? '')
  const { message } = await moderator.command('audit activity')
  expect(totalsOf(message).map(([id]) => id)).toEqual([actor(1).actorId])
})

test('bots are counted apart, and listed with `bots: true`', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  for (let count = 0; count < 3; count++) members.ban(actor(10), town.members[count + 1]?.id ?? '')
  const without = await moderator.command('audit activity')
  expect(totalsOf(without.message)).toEqual([[actor(0).actorId, 1]])
  expect(textOf(without.message)).toMatch(/^1 action by 1 moderator\n.*\n-# 3 more by bots · /)
  const withBots = await moderator.command('audit activity', { bots: true })
  expect(totalsOf(withBots.message)).toEqual([
    [actor(10).actorId, 3],
    [actor(0).actorId, 1],
  ])
})

test('what a bot did for a moderator is shown beside their total, and does not count for the order', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  members.kick(actor(0), town.members[1]?.id ?? '')
  members.kick(actor(1), town.members[2]?.id ?? '')
  for (let count = 0; count < 3; count++) {
    members.ban(actor(10), town.members[count + 3]?.id ?? '', 'Banned by bruno: spam')
  }
  members.ban(actor(10), town.members[7]?.id ?? '', 'Banned by nobody_here: spam')
  const { message } = await moderator.command('audit activity')
  expect(linesOf(message)).toEqual([
    `1. <@${actor(0).actorId}> **2**`,
    `2. <@${actor(1).actorId}> **1** · +3 through bots`,
  ])
  expect(textOf(message)).toMatch(/^3 actions by 2 moderators\n.*\n-# 4 more by bots · /)

  const own = await moderator.command('audit user', { user: actor(1).actorId })
  expect(fieldOf(own.message, 'Actions')).toBe('1\n+3 through bots')
  const through = await moderator.click(own.message, 'Through bots')
  expect(textOf(through.message).match(/banned/g)).toHaveLength(3)
  expect(textOf(through.message)).toContain(`<@${actor(10).actorId}> for <@${actor(1).actorId}> banned`)
})

test('what a person did is not attributed to another, and neither is a name that two members have', async () => {
  const { moderator, town, actor, discord } = await openCustos()
  const twin = discord.world.addUser('twin', { displayName: 'Bruno' })
  members.kick(actor(1), twin.id)
  members.ban(actor(0), town.members[0]?.id ?? '', 'Banned by chidi: spam')
  members.ban(actor(10), town.members[1]?.id ?? '', 'Banned by Bruno: spam')
  const { message } = await moderator.command('audit activity')
  expect(linesOf(message)).toEqual([
    `1. <@${actor(1).actorId}> **1** · +1 through bots`,
    `2. <@${actor(0).actorId}> **1**`,
  ])
})

test('role lists all its members if Discord shows the member list', async () => {
  const here = await openCustos({
    prepare: ({ bot }) => {
      bot.membersIntent = true
    },
  })
  const { moderator, town, actor } = here
  members.kick(actor(3), town.members[0]?.id ?? '')
  const { message } = await moderator.command('audit activity', { role: town.roles.moderator.id })
  const people = town.moderators.filter(({ bot }, index) => !bot && index > 0)
  expect(textOf(message)).toContain(`1 action by 1 moderator · ${people.length - 1} quiet`)
  expect(textOf(message)).toContain(`-# members of <@&${town.roles.moderator.id}> · `)
  expect(totalsOf(message)[0]).toEqual([actor(3).actorId, 1])
  expect(linesOf(message)[1]).toContain('**0** · never seen acting')
})

test('without the member list, only those seen to act are listed, and the reply says why', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  members.kick(actor(3), town.members[1]?.id ?? '')
  const { message } = await moderator.command('audit activity', { role: town.roles.moderator.id })
  expect(totalsOf(message)).toEqual([[actor(3).actorId, 1]])
  expect(textOf(message)).toContain('Custos cannot see the member list of this server')
  expect(textOf(message)).toContain('**Server Members Intent**')
})

test('without the member list, the reply says how many have the role and how many of them are known', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  members.kick(actor(3), town.members[1]?.id ?? '')
  const { id } = town.roles.moderator
  const holders = [...town.guild.members.values()].filter(({ roles }) => roles.includes(id))
  const { message } = await moderator.command('audit activity', { role: id })
  expect(textOf(message)).toContain(`⚠️ 1 of the ${holders.length} members with <@&${id}> are listed.`)
})

test('without the member list, there is no warning if all who have the role are known', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  members.kick(actor(3), town.members[1]?.id ?? '')
  const { id } = town.roles.trusted
  for (const member of town.guild.members.values()) member.roles = member.roles.filter((role) => role !== id)
  town.guild.members.get(actor(3).actorId)?.roles.push(id)
  const { message } = await moderator.command('audit activity', { role: id })
  expect(totalsOf(message)).toEqual([[actor(3).actorId, 1]])
  expect(textOf(message)).not.toContain('⚠️')
})

test('buttons change the window to 7, 30 or 90 days, and change the page', async () => {
  const here = await openCustos({ days: 40, perDay: 50 })
  const { moderator } = here
  const { message } = await moderator.command('audit activity', { bots: true, public: true })
  expect(buttonsOf(message).map(({ label }) => label)).toEqual([
    'Previous',
    'Next',
    '7 days',
    '30 days',
    '90 days',
  ])
  const [first] = totalsOf(message)
  await moderator.click(message, 'Next')
  expect(linesOf(message)[0]).toMatch(/^11\. /)
  await moderator.click(message, 'Previous')
  expect(totalsOf(message)[0]).toEqual(first)
  await moderator.click(message, '7 days')
  const expected = new Map(truth(here, 7))
  for (const [id, total] of totalsOf(message)) if (expected.has(id)) expect(total).toBe(expected.get(id))
  expect(footersOf(message)[0]).toContain('Since 17 Nov 2026, 12:00 UTC')
})

test('the button of the window that is shown is disabled', async () => {
  const { moderator } = await openCustos({ days: 10 })
  const disabled = (message: Message) =>
    buttonsOf(message).flatMap(({ label, disabled }) => (disabled ? [label] : []))
  const { message } = await moderator.command('audit activity')
  expect(disabled(message)).toEqual(['90 days'])
  await moderator.click(message, '7 days')
  expect(disabled(message)).toEqual(['7 days'])
  expect(disabled((await moderator.command('audit activity', { since: '30d' })).message)).toEqual(['30 days'])
  expect(disabled((await moderator.command('audit activity', { since: '8d' })).message)).toEqual([])
})

test('the reply has a chart in an embed of its own, before the text', async () => {
  const { moderator } = await openCustos({ days: 10 })
  const { message } = await moderator.command('audit activity')
  const [file] = message.files
  expect(file?.name).toBe('activity.png')
  expect([...(file?.bytes.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')])
  expect(JSON.stringify(message.body.embeds)).toMatch(
    /^\[{"color":\d+,"image":{"url":"attachment:..activity.png"/,
  )
})

test('a chart that takes long delays no answer, and is added when it is drawn', async () => {
  const painter = new SlowPainter()
  const { moderator, clock, log } = await openCustos({ days: 10, painter })
  await log.waitFor(READ)
  const waited = clock.sleepThrough(250)
  const reply = moderator.send('audit activity')
  await waited
  await reply.answered()
  expect(reply.message.files).toEqual([])
  expect(JSON.stringify(reply.message.body.embeds)).not.toContain('attachment://')
  painter.chart(0).resolve(new Uint8Array(Buffer.from('a picture')))
  await reply.until((outcomes) => outcomes.at(-1)?.type === 'edited')
  expect(reply.message.files.map(({ name }) => name)).toEqual(['activity.png'])
  expect(JSON.stringify(reply.message.body.embeds)).toContain('attachment://activity.png')
})

test('a banned moderator stays in the list, with their name', async () => {
  const { moderator, town, actor } = await openCustos()
  const [member = ''] = town.members.map(({ id }) => id)
  members.kick(actor(1), member)
  members.ban(actor(0), actor(1).actorId)
  const { message } = await moderator.command('audit activity')
  expect(linesOf(message)).toEqual([
    `1. <@${actor(0).actorId}> **1**`,
    `2. <@${actor(1).actorId}> (Bruno) **1**`,
  ])
  const list = await moderator.command('audit recent')
  expect(textOf(list.message)).toContain(`<@${actor(1).actorId}> (Bruno) kicked <@${member}>`)
  const own = await moderator.command('audit user', { user: actor(1).actorId })
  expect(textOf(own.message)).toMatch(/^1 action by \\@Bruno\n/)
})

test('a page that a role no longer has, because members lost it, is its last page', async () => {
  const { moderator, town } = await openCustos({
    prepare: ({ bot }) => {
      bot.membersIntent = true
    },
  })
  const { id } = town.roles.trusted
  for (const member of town.guild.members.values()) member.roles = member.roles.filter((role) => role !== id)
  const holders = town.members.slice(0, 21).flatMap((member) => town.guild.members.get(member.id) ?? [])
  for (const member of holders) member.roles.push(id)
  const { message } = await moderator.command('audit activity', { role: id })
  await moderator.click(message, 'Next')
  expect(linesOf(message)).toHaveLength(10)
  for (const member of holders.slice(9)) member.roles = member.roles.filter((role) => role !== id)
  await moderator.click(message, 'Next')
  expect(linesOf(message)).toHaveLength(9)
})

test('@everyone as the role means no role', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(1), town.members[0]?.id ?? '')
  const { message } = await moderator.command('audit activity', { role: town.guild.id })
  expect(totalsOf(message)).toEqual([[actor(1).actorId, 1]])
  expect(textOf(message)).not.toContain('members of')
})

test('a guild where nobody ever moderated gets a sentence and no chart', async () => {
  const { moderator, town } = await openCustos()
  const { message } = await moderator.command('audit activity')
  expect(textOf(message)).toContain('No moderator has acted in this server.')
  expect(textOf(message)).not.toContain('0 actions')
  expect(message.files).toEqual([])
  const of = await moderator.command('audit activity', { role: town.roles.muted.id })
  expect(textOf(of.message)).toContain('Nobody with this role has acted as a moderator in this server.')
})
