import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { roleOverwrite, setOverwrite } from '../../../sandbox/actions/overwrites.ts'
import type { OptionValues } from '../../../sandbox/member-client/command-options.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { timeOf } from '../../../src/core/snowflake.ts'
import { spreadOver } from '../../../src/core/spread-over.ts'
import type { OpenCustosOptions } from '../../support/open-custos.ts'
import { type OpenFeed, openFeed } from '../../support/open-feed.ts'
import { fieldOf, numberIn, textOf } from '../../support/read.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Custos in a guild with a channel `#mod-log`. It is Tuesday, 24 November 2026, 12:00. */
async function open(options: OpenCustosOptions = {}): Promise<OpenFeed> {
  return openFeed({ feed: false, ...options })
}

async function addDigest({ moderator, modLog }: OpenFeed, values: OptionValues): Promise<Message> {
  const { message } = await moderator.command('custos digest add', { to: modLog, ...values })
  expect(textOf(message)).toMatch(/^Digest \d+ is set/)
  return message
}

/** How much later than at its time a digest comes, which differs between guilds. */
function delayIn({ town }: OpenFeed): number {
  return spreadOver(60, town.guild.id)
}

/** Lets time pass up to a moment while the bot is stopped, and has it sleep until a digest is due, half an hour later. */
async function sleepUntil(here: OpenFeed, moment: string): Promise<void> {
  const { clock } = here
  const half = 30 * MINUTE
  await here.stopBot()
  clock.advance(Date.parse(moment) - half - clock.now())
  const isAsleep = clock.slept(half + delayIn(here))
  await here.startBot()
  await isAsleep
}

/** Lets the half hour pass that is left until a digest is due, and waits until it is posted. */
async function passHalf(here: OpenFeed): Promise<Message> {
  const { clock } = here
  const isAsleep = clock.slept(HOUR)
  clock.advance(30 * MINUTE + delayIn(here))
  await isAsleep
  return lastOf(here.posts())
}

/** Stops the bot, lets time pass up to a moment, and starts it. */
async function awayUntil(here: OpenFeed, moment: string): Promise<void> {
  const { clock } = here
  await here.stopBot()
  clock.advance(Date.parse(moment) - clock.now())
  await here.startBot()
}

const titleOf = (post: Message | undefined) => post && textOf(post).split('\n')[0]
const lastOf = (posts: readonly Message[]): Message => {
  const post = posts.at(-1)
  if (!post) throw new Error('Nothing was posted.')
  return post
}
const onlyOf = (posts: readonly Message[]): Message => {
  expect(posts).toHaveLength(1)
  return lastOf(posts)
}

describe('a digest comes once', () => {
  test('on Monday at nine for a week, also with restarts in between', async () => {
    const here = await open({ days: 20 })
    const { clock } = here
    await addDigest(here, { every: 'week' })
    await sleepUntil(here, '2026-11-30T09:00Z')
    clock.advance(30 * MINUTE + delayIn(here) - 1)
    expect(here.posts()).toEqual([])
    const isAsleep = clock.slept(HOUR)
    clock.advance(1)
    await isAsleep
    const post = onlyOf(here.posts())
    expect(titleOf(post)).toMatch(/^Week of 23–29 November · \d+ actions by \d+ moderators/)
    expect(timeOf(post.id)).toBe(Date.parse('2026-11-30T09:00Z') + delayIn(here))
    expect(textOf(post)).not.toContain('Late')
    expect(textOf(post)).toContain('Complete since')
    await here.restart()
    await awayUntil(here, '2026-12-05T09:00Z')
    await sleepUntil(here, '2026-12-07T09:00Z')
    onlyOf(here.posts())
    expect(titleOf(await passHalf(here))).toMatch(/^Week of 30 November – 6 December/)
    expect(here.posts()).toHaveLength(2)
  })

  test('also if Custos stops before it is stored that the digest was posted', async () => {
    const here = await open()
    await addDigest(here, { every: 'day' })
    await sleepUntil(here, '2026-11-25T09:00Z')
    here.clock.advance(30 * MINUTE + delayIn(here))
    await here.posted(1)
    await here.restart()
    await awayUntil(here, '2026-11-26T10:00Z')
    await here.posted(2)
    expect(here.posts().map(titleOf)).toEqual([
      expect.stringMatching(/^Tuesday, 24 November/),
      expect.stringMatching(/^Wednesday, 25 November/),
    ])
    expect(textOf(lastOf(here.posts()))).not.toContain('not reported')
  })

  test('late after Custos was away, and says so', async () => {
    const here = await open()
    members.kick(here.actor(1), here.town.members[0]?.id ?? '')
    await here.arrived()
    await addDigest(here, { every: 'day', at: '21:30' })
    await awayUntil(here, '2026-11-26T07:00Z')
    const post = onlyOf(await here.posted(1))
    expect(textOf(post).split('\n').slice(0, 2)).toEqual([
      'Tuesday, 24 November · 1 action by 1 moderator',
      `⏰ Late: this was due <t:${Date.parse('2026-11-25T21:30Z') / 1000}:f>.`,
    ])
  })

  test('for the last period of several that Custos missed, and says how many were left out and what shows them', async () => {
    const here = await open({ days: 2 })
    await addDigest(here, { every: 'week' })
    await awayUntil(here, '2026-12-15T09:00Z')
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toMatch(/^Week of 7–13 December/)
    expect(textOf(post)).toContain(
      'The 2 weeks before were not reported. `/audit activity since:2026-11-23 until:2026-12-06` shows what was done then.',
    )
    await here.restart()
    expect(here.posts()).toHaveLength(1)
  })

  test('and some minutes after it was due, it is not late', async () => {
    const here = await open()
    await addDigest(here, { every: 'day' })
    await awayUntil(here, '2026-11-25T09:03Z')
    expect(textOf(onlyOf(await here.posted(1)))).not.toContain('Late')
  })

  test.each([
    ['go forward', ['2027-03-27T01:30Z', '2027-03-28T01:00Z', '2027-03-29T00:30Z']],
    ['go back', ['2027-10-30T00:30Z', '2027-10-31T00:30Z', '2027-11-01T01:30Z']],
  ])('on the day on which clocks %s, at a time that they skip or show twice', async (_, times) => {
    const here = await open()
    await here.moderator.command('custos settings', { timezone: 'Europe/Berlin' })
    await awayUntil(here, new Date(Date.parse(times[0] ?? '') - HOUR).toISOString())
    await addDigest(here, { every: 'day', at: '2:30' })
    for (const [index, time] of times.entries()) {
      await sleepUntil(here, time)
      expect(here.posts()).toHaveLength(index)
      expect(timeOf((await passHalf(here)).id)).toBe(Date.parse(time) + delayIn(here))
      // The time that the clocks show twice comes again.
      here.clock.advance(HOUR)
      await here.restart()
      expect(here.posts()).toHaveLength(index + 1)
    }
  })
})

test('after the time zone is changed, it follows the clocks there', async () => {
  const here = await open()
  await addDigest(here, { every: 'day' })
  await here.moderator.command('custos settings', { timezone: 'Asia/Tokyo' })
  await awayUntil(here, '2026-11-24T23:00Z')
  await sleepUntil(here, '2026-11-25T00:00Z')
  expect(titleOf(await passHalf(here))).toMatch(/^Tuesday, 24 November/)
})

describe('a digest in a channel where Custos may not post', () => {
  const denied = (here: OpenFeed, permission: bigint) =>
    setOverwrite(
      here.actor(0),
      here.modLog,
      roleOverwrite(here.town.roles.custos.id, MAY & ~permission, permission),
    )

  const MAY = May.ViewChannel | May.SendMessages | May.EmbedLinks | May.AttachFiles | May.ReadMessageHistory

  test('waits until it may, and says that it is late', async () => {
    const here = await open({ days: 1 })
    await addDigest(here, { every: 'day' })
    denied(here, May.SendMessages)
    const isPaused = here.clock.slept(HOUR)
    await awayUntil(here, '2026-11-25T09:30Z')
    await isPaused
    const { message } = await here.moderator.command('custos digest list')
    expect(textOf(message)).toContain('Send Messages')
    expect(here.posts()).toEqual([])
    here.clock.advance(MINUTE)
    denied(here, 0n)
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toMatch(/^Tuesday, 24 November/)
    expect(textOf(post)).toContain('⏰ Late')
    expect(textOf(post)).not.toContain('not reported')
  })

  test('for several periods posts the last one, and says how many were left out', async () => {
    const here = await open({ days: 1 })
    await addDigest(here, { every: 'day' })
    denied(here, May.SendMessages)
    const isPaused = here.clock.slept(HOUR)
    await awayUntil(here, '2026-11-25T09:30Z')
    await isPaused
    await here.stopBot()
    here.clock.advance(3 * DAY)
    denied(here, 0n)
    await here.startBot()
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toMatch(/^Friday, 27 November/)
    expect(textOf(post)).toContain(
      'The 3 days before were not reported. `/audit activity since:2026-11-24 until:2026-11-26` shows what was done then.',
    )
  })

  test('a file comes without its chart, and says why, when it is set, too', async () => {
    const here = await open({ days: 3 })
    denied(here, May.AttachFiles)
    const added = await addDigest(here, { every: 'day' })
    expect(textOf(added)).toContain('Without **Attach Files** in that channel, it comes without the chart.')
    await awayUntil(here, '2026-11-25T09:01Z')
    const post = onlyOf(await here.posted(1))
    expect(textOf(post)).toContain('Without its chart: Custos lacks **Attach Files** in this channel.')
    expect(post.files).toEqual([])
    denied(here, 0n)
    await awayUntil(here, '2026-11-26T09:01Z')
    const [, second] = await here.posted(2)
    expect(second?.files).toHaveLength(1)
  })
})

describe('what a digest says', () => {
  /** The lines of moderators, with their numbers. */
  const ranking = (message: Message) =>
    textOf(message).match(/^\d+\. <@\d+> \*\*\d+\*\*.*\n-# (?:.*(?= · last seen))?/gm)

  test('are the numbers of the commands that its buttons run', async () => {
    const here = await open({ days: 30, perDay: 60 })
    const { moderator, town } = here
    await addDigest(here, { every: 'week' })
    await awayUntil(here, '2026-11-30T09:01Z')
    const post = onlyOf(await here.posted(1))
    expect(buttonsOf(post).map(({ label }) => label)).toEqual(['Activity', 'Repeats', 'Deletes'])

    const { message: activity } = await moderator.click(post, 'Activity')
    expect(ranking(post)?.length).toBeGreaterThan(5)
    expect(ranking(post)).toEqual(ranking(activity)?.slice(0, ranking(post)?.length))
    expect(titleOf(post)).toBe(`Week of 23–29 November · ${titleOf(activity)}`)
    expect(textOf(post).split('\n')[1]).toBe(textOf(activity).split('\n')[1])

    const { message: repeats } = await moderator.click(post, 'Repeats')
    const repeated = textOf(repeats).match(/^\d+\. .*$/gm)
    expect(repeated?.length).toBeGreaterThan(0)
    expect(fieldOf(post, 'Punished repeatedly')?.split('\n').slice(0, 4)).toEqual(repeated?.slice(0, 4))

    const { message: deletes } = await moderator.click(post, 'Deletes')
    const field = fieldOf(post, 'Messages deleted') ?? ''
    expect(numberIn(field.replaceAll('*', ''))).toBe(numberIn(fieldOf(deletes, 'Messages deleted')))
    expect(fieldOf(deletes, 'By moderator')).toContain(field.split(' · ')[1])
    // Everything of the period is in the log of Discord, too.
    const entries = town.guild.log.since(Date.parse('2026-11-23T00:00Z'))
    const people = new Set(town.moderators.filter(({ bot }) => !bot).map(({ id }) => id))
    const done = entries.filter(({ user_id }) => people.has(user_id ?? '')).length
    expect(titleOf(post)).toContain(`${done} actions`)
  })

  test('in a month, the chart has a column for each day', async () => {
    const here = await open({ days: 40 })
    await addDigest(here, { every: 'month' })
    await awayUntil(here, '2026-12-01T09:01Z')
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toMatch(/^November 2026 · /)
    expect(post.files).toHaveLength(1)
    const { message } = await here.moderator.click(post, 'Activity')
    expect(titleOf(post)).toBe(`November 2026 · ${titleOf(message)}`)
  })

  test('is who has gone quiet, what had no reason, and what was reversed', async () => {
    const here = await open()
    const { actor, town, clock } = here
    const [one = '', two = ''] = town.members.map(({ id }) => id)
    await here.stopBot()
    members.kick(actor(3), one)
    clock.advance(10 * DAY)
    members.ban(actor(1), one)
    members.ban(actor(1), two, 'Raid')
    clock.advance(20 * MINUTE)
    members.unban(actor(2), one)
    members.unban(actor(1), two)
    await here.startBot()
    await addDigest(here, { every: 'day' })
    await awayUntil(here, '2026-12-05T09:01Z')
    const post = onlyOf(await here.posted(1))
    const who = (index: number) => `<@${actor(index).actorId}>`
    expect(fieldOf(post, 'Gone quiet')).toBe(`${who(3)} 10 days`)
    expect(fieldOf(post, 'Punishments without a reason')).toBe(`**1** of 2 · ${who(1)} **1**`)
    expect(fieldOf(post, 'Reversed within a day')).toMatch(
      new RegExp(
        `^${who(2)} unbanned <@${one}>.*, 20 minutes after ${who(1)} banned them\n-# 1 more was ended by whoever gave it$`,
      ),
    )
    expect(fieldOf(post, 'Punished repeatedly')).toBeUndefined()
    expect(fieldOf(post, 'Messages deleted')).toBeUndefined()
  })

  test('is a sentence if nobody did anything', async () => {
    const here = await open()
    members.kick(here.actor(1), here.town.members[0]?.id ?? '')
    await addDigest(here, { every: 'day' })
    await awayUntil(here, '2026-11-27T09:01Z')
    await here.posted(1)
    await awayUntil(here, '2026-11-28T09:01Z')
    await here.posted(2)
    const post = lastOf(here.posts())
    expect(textOf(post).split('\n').slice(0, 2)).toEqual([
      'Friday, 27 November · No actions · 1 quiet',
      'No moderator did anything on that day.',
    ])
    expect(post.files).toEqual([])
  })

  test('is about the members of a role, if it has one', async () => {
    const here = await open()
    const { actor, town } = here
    const [victim = ''] = town.members.map(({ id }) => id)
    members.kick(actor(0), victim)
    members.ban(actor(1), victim)
    const added = await addDigest(here, { every: 'day', role: town.roles.admin.id })
    expect(textOf(added)).toContain(`members of <@&${town.roles.admin.id}>`)
    await awayUntil(here, '2026-11-25T09:01Z')
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toBe('Tuesday, 24 November · 1 action by 1 moderator')
    expect(ranking(post)?.[0]).toContain(`<@${actor(0).actorId}>`)
  })

  test('is what is missing, if not everything could be read, and nobody is called quiet then', async () => {
    const here = await open()
    const { actor, town, discord, clock } = here
    members.kick(actor(1), town.members[0]?.id ?? '')
    clock.advance(DAY)
    members.kick(actor(2), town.members[1]?.id ?? '')
    await addDigest(here, { every: 'day' })
    await here.stopBot()
    clock.advance(DAY)
    discord.fault = always(AUDIT_LOG, { status: 503 })
    await here.startBot()
    const post = onlyOf(await here.posted(1))
    expect(titleOf(post)).toBe('Wednesday, 25 November · At least 1 action by 1 moderator')
    expect(textOf(post)).toContain('Incomplete: nothing is known since')
    expect(textOf(post)).toContain(
      '1 more moderator is not listed, because not all of this time range could be read.',
    )
    expect(fieldOf(post, 'Gone quiet')).toBeUndefined()
  })
})

test('a digest that was removed posts nothing more', async () => {
  const here = await open()
  await addDigest(here, { every: 'day' })
  await addDigest(here, { every: 'week' })
  const { message } = await here.moderator.command('custos digest remove', { id: '1' })
  expect(textOf(message)).toContain('Digest 1 is removed')
  await awayUntil(here, '2026-11-30T09:01Z')
  expect(titleOf(onlyOf(await here.posted(1)))).toMatch(/^Week of/)
})

test.each([
  ['soon', '“soon” is not a time of day. `at` accepts'],
  ['monday 9am', '“monday 9am” is not a time of day'],
])('a digest at “%s” is not set', async (at, sentence) => {
  const here = await open()
  const reply = await here.moderator.command('custos digest add', { to: here.modLog, every: 'week', at })
  expect(textOf(reply.message)).toContain(sentence)
  expect(reply.ephemeral).toBe(true)
})

test('a time of day is suggested as it is understood', async () => {
  const here = await open()
  const typed = async (text: string) =>
    (await here.moderator.autocomplete('custos digest add', 'at', text)).map(({ name, value }) => [
      name,
      value,
    ])
  expect(await typed('9:30pm')).toEqual([['21:30 (UTC)', '21:30']])
  expect(await typed('')).toContainEqual(['09:00 (UTC)', '09:00'])
  expect(await typed('soon')).toEqual([['“soon” is not a time of day. Try 9, 9:30 or 9pm', 'soon']])
})
