import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { componentsOf } from '../../../sandbox/member-client/components.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { buttonsUnder, type OpenFeed, openFeed } from '../../support/open-feed.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../../support/read.ts'

const SECOND = 1000

/** The only message of some. */
function only(posts: readonly Message[]): Message {
  const [post, ...others] = posts
  if (!post || others.length > 0) throw new Error(`There are ${posts.length} posts.`)
  return post
}

/** New members of the server, who can be banned. */
function raiders({ town, discord }: OpenFeed, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const raider = discord.world.addUser(`raider${index}`)
    town.guild.addMember(raider, [], discord.world.now())
    return raider.id
  })
}

const titleOf = (post: Message) => textOf(post).split('\n')[0]

test('a kick is posted once, at once, and its button shows the entry to every moderator', async () => {
  const here = await openFeed({ days: 1 })
  const [victim] = here.town.members
  members.kick(here.actor(1), victim?.id ?? '', 'Spam')
  const post = only(await here.posted(1))
  expect(textOf(post)).toMatch(
    new RegExp(`^👢 Member Kick\n<@${here.other.userId}> kicked <@${victim?.id}>.* · <t:\\d+:R>\n> Spam$`),
  )
  expect(buttonsUnder(post)).toEqual(['Details'])
  expect(post.pinged).toEqual([])
  const details = await here.other.click(post, 'Details')
  expect(details.ephemeral).toBe(true)
  expect(textOf(details.message)).toContain('Spam')
  expect(here.posts()).toEqual([post])
})

test('a feed without bots does not post what a bot does that Custos has never seen', async () => {
  const here = await openFeed({ feed: { bots: false } })
  const { discord, town } = here
  const bot = discord.world.addUser('newbot', { bot: true })
  town.guild.addMember(bot, [town.roles.admin.id], discord.world.now())
  const [byBot = '', byMember = ''] = raiders(here, 2)
  members.kick({ ...here.actor(1), actorId: bot.id }, byBot, 'By a bot')
  await here.arrived()
  await here.pass(5 * SECOND)
  members.kick(here.actor(1), byMember, 'By a member')
  await here.shows('By a member')
  expect(here.posts().map(titleOf)).toEqual(['👢 Member Kick'])
})

test('entries of a moment are one post, with a line and an option of the menu for each', async () => {
  const here = await openFeed()
  const [first = '', ...others] = raiders(here, 4)
  members.ban(here.actor(1), first, 'Raid')
  await here.posted(1)
  for (const raider of others) members.ban(here.actor(1), raider, 'Raid')
  await here.arrived()
  const [, post] = await here.posted(2)
  if (!post) throw new Error('Nothing was posted.')
  expect(titleOf(post)).toBe('3 actions')
  expect(textOf(post).match(/banned/g)).toHaveLength(3)
  const ids = entryIdsOf(post)
  expect(ids).toHaveLength(3)
  const details = await here.other.choose(post, ids[1] ?? '')
  expect(footersOf(details.message)).toEqual([`Entry ${ids[1]}`])
})

describe('a flood', () => {
  test('of 300 bans is one summary, which is edited while it lasts and says when it is over', async () => {
    const here = await openFeed()
    const [first = '', ...others] = raiders(here, 300)
    members.ban(here.actor(1), first)
    await here.posted(1)
    for (const raider of others.slice(0, 99)) members.ban(here.actor(1), raider)
    await here.arrived()
    const summary = await here.shows(/^⚠️ 99 actions in /)
    expect(buttonsUnder(summary)).toEqual(['Show all 99'])
    here.clock.advance(10 * SECOND)
    for (const raider of others.slice(99)) members.ban(here.actor(2), raider)
    await here.arrived()
    await here.shows(/^⚠️ 299 actions in 1\d seconds/)
    expect(fieldOf(summary, 'By action')).toBe('🔨 Member Ban Add **299**')
    const [, one, two] = here.town.moderators
    expect(fieldOf(summary, 'By moderator')).toBe(`<@${two?.id}> **200** · <@${one?.id}> **99**`)
    expect(textOf(summary)).toContain('This message is updated while it goes on.')
    await here.shows('It is over.')
    expect(buttonsUnder(summary)).toEqual(['Show all 299'])
    const all = await here.other.click(summary, 'Show all 299')
    expect(footersOf(all.message)[0]).toContain('1–10 of 299')
    expect(here.posts()).toHaveLength(2)
  })

  test('is followed by single posts again once it is over', async () => {
    const here = await openFeed()
    const accounts = raiders(here, 13)
    const last = accounts.pop() ?? ''
    members.ban(here.actor(1), accounts.pop() ?? '')
    await here.posted(1)
    for (const raider of accounts) members.ban(here.actor(1), raider)
    await here.arrived()
    await here.shows('⚠️ 11 actions in 1 second')
    await here.shows('It is over.')
    members.ban(here.actor(1), last)
    const posts = await here.posted(3)
    expect(posts.map(titleOf)).toEqual(['🔨 Member Ban Add', '⚠️ 11 actions in 1 second', '🔨 Member Ban Add'])
  })
})

test('a count that grows is edited into its post, without anybody asking', async () => {
  const here = await openFeed()
  const [channel = ''] = here.town.channels
  const [author] = here.town.members
  messages.deleteMessage(here.actor(1), channel, author?.id ?? '')
  const post = only(await here.posted(1))
  expect(textOf(post)).toContain('deleted a message')
  for (let more = 0; more < 4; more++) messages.deleteMessage(here.actor(1), channel, author?.id ?? '')
  await here.shows('deleted 5 messages')
  expect(here.posts()).toHaveLength(1)
})

test('nothing from before the feed was made is posted, also if the log is read for the first time afterwards', async () => {
  const here = await openFeed({ days: 3, feed: false })
  members.kick(here.actor(1), here.town.members[0]?.id ?? '', 'Before')
  await here.pass(SECOND)
  await here.addFeed()
  members.kick(here.actor(1), here.town.members[1]?.id ?? '', 'After')
  expect(textOf(only(await here.posted(1)))).toContain('> After')
})

test('what Custos does itself is not posted', async () => {
  const here = await openFeed()
  const { world, guild } = { world: here.discord.world, guild: here.town.guild }
  const [one = '', two = ''] = raiders(here, 2)
  members.kick({ world, guild, actorId: here.town.bot.id }, one, 'By Custos')
  members.kick(here.actor(1), two, 'By a moderator')
  await here.shows('By a moderator')
  expect(here.posts().map(textOf).join()).not.toContain('By Custos')
})

test('an entry that Discord sends late is posted, and said to be late', async () => {
  const here = await openFeed()
  here.clock.advance(3600 * SECOND)
  here.discord.world.at(here.clock.now() - 600 * SECOND, () =>
    members.kick(here.actor(1), here.town.members[0]?.id ?? '', 'Ten minutes ago'),
  )
  // Discord sends no event for it, so that it is found when the log is read.
  await here.arrived()
  const post = await here.shows('Ten minutes ago')
  expect(titleOf(post)).toBe('Late: 👢 Member Kick')
})

test('two feeds post in one channel, each what it is for', async () => {
  const here = await openFeed({ feed: { action: 'Member Kick' } })
  await here.addFeed({ action: 'Member Ban Add' })
  const [one = '', two = ''] = raiders(here, 2)
  members.kick(here.actor(1), one)
  members.ban(here.actor(1), two)
  const posts = await here.posted(2)
  expect(posts.map(titleOf).toSorted()).toEqual(['👢 Member Kick', '🔨 Member Ban Add'])
})

test('a feed posts what /audit recent lists with the same options', async () => {
  const here = await openFeed({ feed: false })
  const { moderator, other, town } = here
  const [first = '', second = ''] = town.channels
  const [one, two] = town.members
  const bot = town.moderators.findIndex(({ bot: isBot }) => isBot)
  const filters = [
    { by: other.userId },
    { on: `<@${one?.id}>` },
    { action: 'Bans & kicks' },
    { channel: first },
    { bots: false },
  ]
  // Discord says who is a bot when the log is read.
  members.setNickname(here.actor(bot), one?.id ?? '', 'Nick')
  await here.arrived()
  here.clock.advance(300 * SECOND)
  const ids = filters.map((_, index) => {
    const id = here.discord.world.newId()
    town.guild.channels.set(id, textChannel(id, town.guild.id, `log-${index}`, 20 + index))
    return id
  })
  for (const [index, filter] of filters.entries()) await here.addFeed({ to: ids[index] ?? '', ...filter })
  await here.pass(SECOND)
  members.kick(here.actor(1), one?.id ?? '')
  members.ban(here.actor(2), two?.id ?? '')
  messages.bulkDelete(here.actor(1), first, 20)
  messages.bulkDelete(here.actor(bot), second, 30)
  members.setNickname(here.actor(bot), two?.id ?? '', 'Nick')
  await here.arrived()
  for (const [index, filter] of filters.entries()) {
    const { bots = true, ...options } = filter
    const { message } = await moderator.command('audit recent', { ...options, since: '1m', order: 'oldest' })
    const listed = entryIdsOf(message).filter((id) => bots || !isByBot(here, id))
    expect(listed.length).toBeGreaterThan(0)
    const posted = () => entriesIn(here.posts(ids[index]))
    await here.until(() => posted().length >= listed.length)
    expect({ filter, ids: posted() }).toEqual({ filter, ids: listed })
  }
})

/** The ids of the entries that posts show one by one. */
function entriesIn(posts: readonly Message[]): string[] {
  return posts.flatMap((post) => {
    const [component] = componentsOf(post)
    const listed = entryIdsOf(post)
    return listed.length > 0 ? listed : [String(component?.custom_id).split(':').at(-1) ?? '']
  })
}

function isByBot({ town, discord }: OpenFeed, entryId: string): boolean {
  const entry = town.guild.log.since().find(({ id }) => id === entryId)
  return discord.world.users.get(String(entry?.user_id))?.bot === true
}
