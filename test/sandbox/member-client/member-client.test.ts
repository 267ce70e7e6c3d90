import { expect, test, vi } from 'vitest'
import { buttonsOf, choicesOf } from '../../../sandbox/member-client/components.ts'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { LOG_COMMAND, ManualBot, saying } from '../../support/sandbox/manual-bot.ts'
import { idsIn, listIn } from '../../support/sandbox/rest-client.ts'

const [SHOW, THINK, UPDATE, CHOICES] = [4, 5, 7, 8]
const EPHEMERAL = 64
const SECOND = 1000

const PAGES = {
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 2, label: 'Previous', custom_id: 'previous', disabled: true },
        { type: 2, style: 2, label: 'Next', custom_id: 'next' },
      ],
    },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'entry',
          options: [
            { label: 'Ban', value: '11' },
            { label: 'Kick', value: '12' },
          ],
        },
      ],
    },
  ],
}

async function start(): Promise<ManualBot> {
  return await ManualBot.start(await openDiscord())
}

/** Runs `/log recent` and answers it with a message. */
async function shown(bot: ManualBot, data = saying('page 1', PAGES)): Promise<Reply> {
  const reply = bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), SHOW, data)
  return await reply.answered()
}

/** The clients of another moderator and of a member without permissions. */
function someoneElse({ town }: OpenDiscord, who: 'moderator' | 'member'): MemberClient {
  return town.as((who === 'moderator' ? town.moderators[1] : town.members[0])?.id ?? '')
}

function namesOf(client: MemberClient): string[] {
  return client.commands().map(({ name }) => name)
}

test('a command reaches the bot as Discord sends it', async () => {
  const bot = await start()
  const { guild, channels, moderators, bot: application } = bot.here.town
  const [general = ''] = channels
  const [command] = idsIn(await bot.here.rest.get(`/applications/${application.id}/commands`))
  const permissions = String(guild.permissionsOf(bot.moderator.userId))
  bot.moderator.send('log find', { action: 'bans', limit: 10 })
  expect(await bot.interaction()).toEqual({
    id: expect.stringMatching(/^\d+$/),
    token: expect.any(String),
    application_id: application.id,
    type: 2,
    version: 1,
    data: {
      id: command,
      name: 'log',
      type: 1,
      options: [
        {
          name: 'find',
          type: 1,
          options: [
            { name: 'action', type: 3, value: 'bans' },
            { name: 'limit', type: 4, value: 10 },
          ],
        },
      ],
    },
    guild_id: guild.id,
    guild: { id: guild.id, locale: 'en-US', features: [] },
    channel_id: general,
    channel: { ...guild.channels.get(general), permissions },
    member: { ...guild.members.get(moderators[0]?.id ?? ''), permissions },
    app_permissions: String(guild.permissionsOf(application.id)),
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: guild.id },
    context: 0,
    attachment_size_limit: 10_485_760,
  })
})

test('members, channels and roles are sent by id, with their resolved objects', async () => {
  const bot = await start()
  const { guild, channels, members, roles } = bot.here.town
  const [marble] = members
  const [general = ''] = channels
  bot.moderator.send('log find', {
    action: 'bans',
    user: marble?.id ?? '',
    channel: general,
    role: roles.muted.id,
  })
  const { user: _user, deaf: _deaf, mute: _mute, ...partial } = guild.members.get(marble?.id ?? '') ?? {}
  expect((await bot.interaction()).data).toMatchObject({
    options: [
      {
        options: [
          { name: 'action' },
          { name: 'user', type: 6, value: marble?.id },
          { name: 'channel', type: 7, value: general },
          { name: 'role', type: 8, value: roles.muted.id },
        ],
      },
    ],
    resolved: {
      users: { [marble?.id ?? '']: marble },
      members: {
        [marble?.id ?? '']: { ...partial, permissions: String(guild.permissionsOf(marble?.id ?? '')) },
      },
      channels: { [general]: { id: general, name: 'general', permissions: '0' } },
      roles: { [roles.muted.id]: roles.muted },
    },
  })
})

test('a user who left is resolved as a user, not as a member', async () => {
  const bot = await start()
  const stranger = bot.here.discord.world.addUser('stranger')
  bot.moderator.send('log find', { action: 'bans', whom: stranger.id })
  expect((await bot.interaction()).data).toMatchObject({ resolved: { users: { [stranger.id]: stranger } } })
})

test('a reply has the message the member sees, and its timings', async () => {
  const bot = await start()
  const answer = bot.moderator.command('log recent')
  const interaction = await bot.interaction()
  bot.here.clock.advance(SECOND)
  await bot.answer(interaction, THINK, { flags: EPHEMERAL })
  bot.here.clock.advance(4 * SECOND)
  await bot.edit(interaction, saying('Nothing happened'))
  const reply = await answer
  expect(reply.message.body).toMatchObject({ content: 'Nothing happened' })
  expect(reply.ephemeral).toBe(true)
  expect(reply.timings).toEqual({ firstResponse: SECOND, answer: 5 * SECOND })
})

test('a reply has no message while the bot is thinking', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), THINK)
  expect(() => reply.message).toThrow('Nothing has been shown yet.')
})

test('a reply fails after ten seconds without a response', async () => {
  const bot = await start()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const unanswered = expect(bot.moderator.command('log recent')).rejects.toThrow(
    'The application did not respond (received: nothing).',
  )
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  await unanswered
})

test.each<[what: string, path: string, values: Record<string, string | number | boolean>, why: string]>([
  ['another command', 'journal recent', {}, 'This member sees no command /journal recent.'],
  ['a subcommand that does not exist', 'log old', {}, 'There is no command /log old.'],
  ['no subcommand', 'log', {}, 'There is no command /log.'],
  ['a required option left out', 'log find', { limit: 5 }, 'The option “action” is required.'],
  ['an option that does not exist', 'log recent', { limit: 5 }, '/log recent has no option “limit”.'],
  ['none of the choices', 'log find', { action: 'pins' }, 'The option “action” must be one of its choices.'],
  [
    'a text too short',
    'log find',
    { action: 'bans', reason: 'a' },
    'The option “reason” must have at least 2 characters.',
  ],
  [
    'a text too long',
    'log find',
    { action: 'bans', reason: 'spammy' },
    'The option “reason” must have at most 5 characters.',
  ],
  ['a number for a text', 'log find', { action: 'bans', reason: 55 }, 'The option “reason” must be text.'],
  ['a text for a number', 'log find', { action: 'bans', limit: '5' }, 'The option “limit” must be a number.'],
  [
    'a fraction for a whole number',
    'log find',
    { action: 'bans', limit: 1.5 },
    'The option “limit” must be a whole number.',
  ],
  ['a number too low', 'log find', { action: 'bans', limit: 0 }, 'The option “limit” must be at least 1.'],
  ['a number too high', 'log find', { action: 'bans', limit: 11 }, 'The option “limit” must be at most 10.'],
  ['a share too high', 'log find', { action: 'bans', share: 1.1 }, 'The option “share” must be at most 1.'],
  [
    'text for a boolean',
    'log find',
    { action: 'bans', public: 'yes' },
    'The option “public” must be true or false.',
  ],
])('%s: the client does not send it', async (_, path, values, why) => {
  const bot = await start()
  expect(() => bot.moderator.send(path, values)).toThrow(why)
})

test('a channel of a type that the option does not take: the client does not send it', async () => {
  const bot = await start()
  const [voice = ''] = bot.here.town.voice
  expect(() => bot.moderator.send('log find', { action: 'bans', channel: voice })).toThrow(
    'The option “channel” must be a channel of a type that it takes.',
  )
})

test('option values at their limits are sent', async () => {
  const bot = await start()
  for (const values of [
    { limit: 1, share: 0, reason: 'aa', public: false },
    { limit: 10, share: 1, reason: 'aaaaa', public: true },
  ]) {
    bot.moderator.send('log find', { action: 'kicks', ...values })
    const options = Object.entries(values).map(([name, value]) => ({ name, value }))
    expect((await bot.interaction()).data).toMatchObject({
      options: [{ options: [{ name: 'action', value: 'kicks' }, ...options] }],
    })
  }
})

test('a command is shown only to members with its permission, and only they can send it', async () => {
  const { here } = await start()
  expect(namesOf(someoneElse(here, 'moderator'))).toEqual(['log'])
  const member = someoneElse(here, 'member')
  expect(namesOf(member)).toEqual([])
  expect(() => member.send('log recent')).toThrow('This member sees no command /log recent.')
})

test.each([
  ['nothing said', undefined, ['administrator', 'owner', 'moderator', 'member']],
  ['View Audit Log', '128', ['administrator', 'owner', 'moderator']],
  ['nothing at all', '0', ['administrator', 'owner']],
])('a command that needs %s is shown to the right members', async (_, needed, expected) => {
  const here = await openDiscord()
  const { town, rest } = here
  const command = { ...LOG_COMMAND, default_member_permissions: needed }
  await rest.put(`/applications/${town.bot.id}/commands`, [command])
  const people = {
    administrator: town.as(town.moderators[0]?.id ?? ''),
    owner: town.as(town.guild.ownerId),
    moderator: someoneElse(here, 'moderator'),
    member: someoneElse(here, 'member'),
  }
  const shownTo = Object.entries(people).filter(([, person]) => namesOf(person).includes('log'))
  expect(shownTo.map(([who]) => who)).toEqual(expected)
})

test('a guild’s commands are shown beside the global ones, only in that guild', async () => {
  const { here, moderator } = await start()
  const { discord, rest, town } = here
  const other = discord.world.addGuild('Next door', town.moderators[0]?.id ?? '')
  other.addMember(town.bot.user, [], discord.world.now())
  const own = { ...LOG_COMMAND, name: 'town' }
  await rest.put(`/applications/${town.bot.id}/guilds/${town.guild.id}/commands`, [own])
  await rest.put(`/applications/${town.bot.id}/guilds/${other.id}/commands`, [{ ...own, name: 'other' }])
  expect(namesOf(moderator)).toEqual(['log', 'town'])
})

test('autocomplete sends the focused option, even while required options are missing', async () => {
  const bot = await start()
  const suggested = bot.moderator.autocomplete('log find', 'since', '2 we', { limit: 5 })
  const typing = await bot.interaction()
  expect(typing).toMatchObject({
    type: 4,
    data: {
      name: 'log',
      options: [
        {
          name: 'find',
          options: [
            { name: 'limit', type: 4, value: 5 },
            { name: 'since', type: 3, value: '2 we', focused: true },
          ],
        },
      ],
    },
  })
  const choices = [{ name: '2 weeks ago', value: '2w' }]
  await bot.answer(typing, CHOICES, { choices })
  expect(await suggested).toEqual(choices)
})

test('autocomplete on an option without it is rejected', async () => {
  const bot = await start()
  await expect(bot.moderator.autocomplete('log find', 'reason', 'sp')).rejects.toThrow(
    'The option “reason” has no autocomplete.',
  )
})

test('a click on a button reaches the bot with its message', async () => {
  const bot = await start()
  const { message } = await shown(bot)
  const answer = bot.moderator.click(message, 'Next')
  const press = await bot.interaction()
  const [inChannel] = listIn(await bot.here.rest.get(`/channels/${message.channelId}/messages`))
  expect(press).toMatchObject({ type: 3, data: { component_type: 2, custom_id: 'next' }, message: inChannel })
  await bot.answer(press, UPDATE, saying('page 2'))
  expect((await answer).message).toMatchObject({ id: message.id, body: { content: 'page 2' } })
})

test('a choice in a menu reaches the bot with its value', async () => {
  const bot = await start()
  const { message } = await shown(bot)
  const answer = bot.moderator.choose(message, '12')
  const choice = await bot.interaction()
  expect(choice).toMatchObject({
    type: 3,
    data: { component_type: 3, custom_id: 'entry', values: ['12'] },
    message: { id: message.id },
  })
  await bot.answer(choice, SHOW, saying('The kick', { flags: EPHEMERAL }))
  const reply = await answer
  expect(reply.message.id).not.toBe(message.id)
  expect(reply.ephemeral).toBe(true)
})

test('a subcommand of a group reaches the bot in its group', async () => {
  const bot = await start()
  const { town, rest } = bot.here
  const list = { type: 1, name: 'list', description: 'Lists the feeds' }
  const feed = { type: 2, name: 'feed', description: 'Feeds', options: [list] }
  await rest.put(`/applications/${town.bot.id}/commands`, [
    { name: 'custos', description: 'Manages Custos', options: [feed] },
  ])
  bot.moderator.send('custos feed list')
  expect((await bot.interaction()).data).toMatchObject({
    name: 'custos',
    options: [{ type: 2, name: 'feed', options: [{ type: 1, name: 'list', options: [] }] }],
  })
  expect(() => bot.moderator.send('custos feed')).toThrow('There is no command /custos feed.')
})

/** A post of the bot in a channel that only moderators may view. */
async function posted(bot: ManualBot) {
  const { town, rest } = bot.here
  const modLog = addModLog(town)
  expect((await rest.post(`/channels/${modLog}/messages`, saying('2 bans', PAGES))).status).toBe(200)
  const [message] = bot.moderator.messagesIn(modLog)
  if (!message) throw new Error('The moderator does not see the post.')
  return { message, modLog }
}

test('what is under a post can be used by every member who sees it, in its channel', async () => {
  const bot = await start()
  const { message, modLog } = await posted(bot)
  const { town } = bot.here
  const bruno = town.as(town.moderators[1]?.id ?? '')
  const answer = bruno.choose(message, '12')
  const choice = await bot.interaction()
  expect(choice).toMatchObject({ channel_id: modLog, message: { id: message.id, content: '2 bans' } })
  await bot.answer(choice, SHOW, saying('The kick', { flags: EPHEMERAL }))
  expect((await answer).message.channelId).toBe(modLog)
  const marble = town.as(town.members[0]?.id ?? '')
  expect(marble.messagesIn(modLog)).toEqual([])
  expect(() => marble.sendChoice(message, '12')).toThrow('This member does not see that message.')
})

test('a moderator can delete a post, which is logged; other members cannot', async () => {
  const bot = await start()
  const { message, modLog } = await posted(bot)
  const { town } = bot.here
  const marble = town.as(town.members[0]?.id ?? '')
  expect(() => marble.delete(message)).toThrow('You may not delete messages of other members.')
  bot.moderator.delete(message)
  expect(bot.moderator.messagesIn(modLog)).toEqual([])
  expect(town.guild.log.since()).toMatchObject([
    {
      action_type: 72,
      user_id: bot.moderator.userId,
      target_id: town.bot.id,
      options: { channel_id: modLog },
    },
  ])
})

test('buttonsOf and choicesOf return a message’s buttons and choices', async () => {
  const { message } = await shown(await start())
  expect(buttonsOf(message)).toEqual([
    { label: 'Previous', disabled: true },
    { label: 'Next', disabled: false },
  ])
  expect(choicesOf(message)).toEqual([
    { label: 'Ban', value: '11' },
    { label: 'Kick', value: '12' },
  ])
})

test('a missing or disabled button cannot be clicked', async () => {
  const bot = await start()
  const { message } = await shown(bot)
  expect(() => bot.moderator.click(message, 'Last')).toThrow('There is no button “Last”.')
  expect(() => bot.moderator.click(message, 'Previous')).toThrow('The button “Previous” is disabled.')
})

test('a missing option, or one of a disabled menu, cannot be chosen', async () => {
  const bot = await start()
  const { message } = await shown(bot)
  expect(() => bot.moderator.choose(message, '13')).toThrow('The menu has no option “13”.')
  const menu = { type: 3, custom_id: 'entry', disabled: true, options: [{ label: 'Ban', value: '11' }] }
  const disabled = await shown(bot, saying('page 1', { components: [{ type: 1, components: [menu] }] }))
  expect(() => bot.moderator.choose(disabled.message, '11')).toThrow('The menu is disabled.')
})

test('an ephemeral message can be used only by its member', async () => {
  const bot = await start()
  const { message } = await shown(bot, saying('For you', { ...PAGES, flags: EPHEMERAL }))
  const other = someoneElse(bot.here, 'moderator')
  expect(() => other.click(message, 'Next')).toThrow('This member does not see that message.')
  expect(() => other.choose(message, '11')).toThrow('This member does not see that message.')
})

test('anyone can use the buttons of a public message', async () => {
  const bot = await start()
  const { message } = await shown(bot)
  const other = someoneElse(bot.here, 'moderator')
  const answer = other.click(message, 'Next')
  const press = await bot.interaction()
  expect(press).toMatchObject({ member: { user: { id: other.userId } } })
  await bot.answer(press, SHOW, saying('Not yours', { flags: EPHEMERAL }))
  expect((await answer).message.ephemeralTo).toBe(other.userId)
})

test('a deleted message cannot be used', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, SHOW, saying('page 1', PAGES))
  const { message } = reply
  await bot.delete(interaction)
  expect(() => bot.moderator.click(message, 'Next')).toThrow('This member does not see that message.')
})
