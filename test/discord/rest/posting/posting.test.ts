import { setImmediate as settled } from 'node:timers/promises'
import { ComponentType, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { deleteChannel } from '../../../../sandbox/actions/channels.ts'
import { roleOverwrite, setOverwrite } from '../../../../sandbox/actions/overwrites.ts'
import { createThread } from '../../../../sandbox/actions/threads.ts'
import {
  always,
  CLOUDFLARE_JSON,
  cloudflareFault,
  MESSAGES,
  onFirstRequest,
  onlyFor,
  type RestFault,
  rateLimitFault,
} from '../../../../sandbox/rest/faults.ts'
import type { ChannelMessage } from '../../../../src/view/channel-message.ts'
import { openPosting } from '../../../support/open-posting.ts'
import { post } from '../../../support/post.ts'

type OpenPosting = Awaited<ReturnType<typeof openPosting>>

/** What everyone in the channel sees, oldest first. */
const messagesIn = ({ discord, place }: OpenPosting) => discord.conversation.messagesIn(place.channelId)

const titlesIn = (here: OpenPosting) => messagesIn(here).map(({ body }) => JSON.stringify(body.embeds))

/** Takes permissions from everyone in the channel. */
function deny({ actor, place, town }: OpenPosting, permissions: bigint, channelId = place.channelId): void {
  setOverwrite(actor(0), channelId, roleOverwrite(town.guild.id, 0n, permissions))
}

function giveBack(here: OpenPosting): void {
  deny(here, 0n)
}

const refusedFor = (...permissions: string[]) => ({
  type: 'refused',
  obstacle: { type: 'permissions', permissions },
})

test('a post has its embeds, its components and its files, and pings nobody', async () => {
  const here = await openPosting()
  const files = [{ name: 'chart.png', content: new Uint8Array([1, 2, 3]) }]
  const result = await here.posting.send(here.place, { ...post('<@&1> @everyone'), files }, 'one')
  const [message] = messagesIn(here)
  expect(result).toEqual({ type: 'sent', messageId: message?.id })
  expect(message?.body).toMatchObject({
    ...post('<@&1> @everyone'),
    attachments: [{ filename: 'chart.png', size: 3 }],
  })
  expect([message?.pinged, message?.author.id]).toEqual([[], here.town.bot.id])
})

test('the role that an alert names is pinged when it is posted, and not again when it is edited', async () => {
  const here = await openPosting()
  const { posting, place, town } = here
  const { moderator } = town.roles
  moderator.mentionable = true
  await posting.send(place, { ...post('3 bans'), pingRoleId: moderator.id }, 'one')
  const [message] = messagesIn(here)
  expect([message?.body.content, message?.pinged]).toEqual([`<@&${moderator.id}>`, [moderator.id]])
  await posting.edit(place, message?.id ?? '', { ...post('4 bans'), pingRoleId: moderator.id })
  expect(message?.body).toMatchObject({ content: `<@&${moderator.id}>`, mention_roles: [moderator.id] })
  expect(message?.pinged).toEqual([moderator.id])
})

test('a post is sent once under a nonce, however often, and by whichever process', async () => {
  const here = await openPosting()
  const first = await here.posting.send(here.place, post('Kick'), 'watch-1-post-1')
  expect(await here.posting.send(here.place, post('Kick'), 'watch-1-post-1')).toEqual(first)
  expect(messagesIn(here)).toHaveLength(1)
})

/** A post with a menu of one entry. */
function menuPost(title: string, entryId: string): ChannelMessage {
  const options = [{ label: title, value: entryId }]
  const menu = { type: ComponentType.StringSelect, custom_id: 'entry', options } as const
  return { embeds: [{ title }], components: [{ type: ComponentType.ActionRow, components: [menu] }] }
}

test.each([
  ['button', post('Kick', 'entry:1'), post('Ban', 'entry:2')],
  ['menu', menuPost('Kick', '1'), menuPost('Ban', '2')],
])(
  'after an older archive is restored, a post with another %s takes the place of the one that had its nonce',
  async (_, kick, ban) => {
    const here = await openPosting()
    const first = await here.posting.send(here.place, kick, 'one')
    expect(await here.posting.send(here.place, ban, 'one')).toEqual(first)
    expect(titlesIn(here)).toEqual([expect.stringContaining('Ban')])
  },
)

test('a post that was deleted is not sent again under its nonce', async () => {
  const here = await openPosting()
  await here.posting.send(here.place, post('Kick'), 'one')
  for (const message of messagesIn(here)) here.discord.conversation.delete(message)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({ type: 'deleted' })
})

test('a post is edited; one that was deleted is reported so', async () => {
  const here = await openPosting()
  await here.posting.send(here.place, post('1 ban'), 'one')
  const [message] = messagesIn(here)
  const id = message?.id ?? ''
  expect(await here.posting.edit(here.place, id, post('2 bans'))).toEqual({ type: 'sent', messageId: id })
  expect(message?.body).toMatchObject({ embeds: [{ title: '2 bans' }] })
  if (message) here.discord.conversation.delete(message)
  expect(await here.posting.edit(here.place, id, post('3 bans'))).toEqual({ type: 'deleted' })
})

test('a post in an archived thread is edited, which opens the thread; a locked one stays as it is', async () => {
  const here = await openPosting()
  const { posting, town } = here
  const { id } = createThread(here.actor(0), here.place.channelId, 'Log')
  const place = { ...here.place, channelId: id }
  const sent = await posting.send(place, post('1 ban'), 'one')
  const messageId = sent.type === 'sent' ? sent.messageId : ''
  const close = (locked: boolean) => {
    const thread = town.guild.threads.get(id)
    if (!thread) throw new Error('There is no thread.')
    const thread_metadata = { ...thread.thread_metadata, archived: true, locked }
    town.guild.threads.set(id, { ...thread, thread_metadata })
  }
  close(false)
  expect(await posting.edit(place, messageId, post('2 bans'))).toEqual(sent)
  expect(town.guild.threads.get(id)?.thread_metadata.archived).toBe(false)
  close(true)
  expect(await posting.edit(place, messageId, post('3 bans'))).toEqual(refusedFor('ManageThreads'))
  const [message] = here.discord.conversation.messagesIn(id)
  expect(message?.body).toMatchObject({ embeds: [{ title: '2 bans' }] })
})

test.each([
  [['ViewChannel'], May.ViewChannel],
  [['SendMessages'], May.SendMessages],
  [['SendMessages', 'EmbedLinks'], May.SendMessages | May.EmbedLinks],
  [['ViewChannel'], May.ViewChannel | May.SendMessages],
])('without permissions it is refused, and says which are missing: %j', async (names, denied) => {
  const here = await openPosting()
  deny(here, denied)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual(refusedFor(...names))
  expect(await here.posting.obstacleIn(here.place)).toEqual(refusedFor(...names).obstacle)
  expect(messagesIn(here)).toEqual([])
  giveBack(here)
  expect(await here.posting.obstacleIn(here.place)).toBeUndefined()
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toMatchObject({ type: 'sent' })
})

test('only a post with files takes Attach Files', async () => {
  const here = await openPosting()
  deny(here, May.AttachFiles)
  const files = [{ name: 'chart.png', content: 'a chart' }]
  expect(await here.posting.send(here.place, { ...post('Digest'), files }, 'one')).toEqual(
    refusedFor('AttachFiles'),
  )
  expect(await here.posting.obstacleIn(here.place)).toBeUndefined()
  expect(await here.posting.send(here.place, post('Digest'), 'two')).toMatchObject({ type: 'sent' })
})

test('a post that Discord took without its embeds is refused, and is whole once it may embed', async () => {
  const here = await openPosting()
  deny(here, May.EmbedLinks)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual(refusedFor('EmbedLinks'))
  const [message] = messagesIn(here)
  const id = message?.id ?? ''
  expect(await here.posting.edit(here.place, id, post('Kick'))).toEqual(refusedFor('EmbedLinks'))
  giveBack(here)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({ type: 'sent', messageId: id })
  expect(titlesIn(here)).toEqual([expect.stringContaining('Kick')])
})

test('a post whose embeds a moderator has hidden is still edited', async () => {
  const here = await openPosting()
  const sent = await here.posting.send(here.place, post('Kick'), 'one')
  const id = messagesIn(here)[0]?.id ?? ''
  const body = JSON.stringify({ id, embeds: [], flags: 4 })
  here.discord.fault = onlyFor('PATCH', () => ({ status: 200, body }))
  expect(await here.posting.edit(here.place, id, post('Kick'))).toEqual(sent)
})

test('a deleted channel is an obstacle of its own', async () => {
  const here = await openPosting()
  deleteChannel(here.actor(0), here.place.channelId)
  const obstacle = { type: 'channel' }
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({ type: 'refused', obstacle })
  expect(await here.posting.obstacleIn(here.place)).toEqual(obstacle)
})

test('a channel of another server is treated as one that does not exist', async () => {
  const here = await openPosting()
  const other = here.discord.world.addGuild('Elsewhere', here.town.guild.ownerId)
  other.addMember(here.town.bot.user, [], here.clock.now())
  expect(await here.posting.obstacleIn({ ...here.place, guildId: other.id })).toEqual({ type: 'channel' })
})

test('a post that Discord does not accept is logged as a bug', async () => {
  const here = await openPosting()
  const message = { ...post('Kick'), embeds: [{ description: 'x'.repeat(4097) }] }
  here.discord.onRestCall = undefined
  expect(await here.posting.send(here.place, message, 'one')).toEqual({ type: 'invalid' })
  const { guildId, channelId } = here.place
  expect(here.log.lines).toMatchObject([
    { level: 'error', message: 'Discord rejected a post.', facts: { guild: guildId, channel: channelId } },
  ])
})

const FAILURES: readonly (readonly [what: string, fault: RestFault])[] = [
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['401', { status: 401, body: '{"message": "401: Unauthorized", "code": 0}' }],
  ['a 403 of Cloudflare', cloudflareFault(403, 1020)],
  ['a 403 of Cloudflare in JSON', CLOUDFLARE_JSON],
  ['a 429 with a long wait', rateLimitFault('user', 3600)],
  ['a 429 of Cloudflare', cloudflareFault(429, 1015, 600)],
  ['a broken connection', { lost: 'connection' }],
  ['no message', { status: 200, body: '[]' }],
  ['no JSON', { status: 200, body: '<html>', headers: { 'Content-Type': 'application/json' } }],
]

test.each(FAILURES)('after %s it is not known whether a post was sent', async (_, fault) => {
  const here = await openPosting()
  here.discord.fault = always(MESSAGES, fault)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({ type: 'unknown' })
  expect(here.log.shown.map(({ message }) => message)).toEqual(['Posting failed. It is tried again.'])
  here.discord.fault = undefined
  await settled()
  expect(await here.posting.send(here.place, post('Kick'), 'two')).toMatchObject({ type: 'sent' })
})

const LOST: readonly (readonly [what: string, fault: RestFault])[] = [
  ['its connection broke', { lost: 'connection', isDone: true }],
  ['Discord answered 500', { status: 500, isDone: true }],
  ['Discord answered 503', { status: 503, isDone: true }],
]

test.each(LOST)('a post that was created when %s is there once', async (_, fault) => {
  const here = await openPosting()
  here.discord.fault = onFirstRequest(MESSAGES, fault)
  await here.posting.send(here.place, post('Kick'), 'one')
  const [message, ...others] = messagesIn(here)
  expect(others).toEqual([])
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({
    type: 'sent',
    messageId: message?.id,
  })
  expect(messagesIn(here)).toEqual([message])
})

test('a post that Discord does not answer is given up in time; its nonce still finds it', async () => {
  const here = await openPosting()
  here.discord.fault = always(MESSAGES, { lost: 'silence', isDone: true })
  const sent = here.posting.send(here.place, post('Kick'), 'one')
  await new Promise((resolve) => {
    here.discord.conversation.onChange = resolve
  })
  here.clock.advance(15_000)
  expect(await sent).toEqual({ type: 'unknown' })
  here.discord.fault = undefined
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({
    type: 'sent',
    messageId: messagesIn(here)[0]?.id,
  })
})

test('a channel that Discord does not answer for holds up no other', async () => {
  const here = await openPosting()
  const [slow = '', quick = ''] = here.town.channels
  here.discord.fault = always(new RegExp(slow), 'silence')
  const waiting = here.posting.send({ ...here.place, channelId: slow }, post('Slow'), 'one')
  const result = await here.posting.send({ ...here.place, channelId: quick }, post('Quick'), 'two')
  expect(result).toMatchObject({ type: 'sent' })
  here.stop()
  expect(await waiting).toEqual({ type: 'unknown' })
})

test('what is on its way when Custos stops is not logged', async () => {
  const here = await openPosting()
  here.discord.fault = always(MESSAGES, 'silence')
  const waiting = here.posting.send(here.place, post('Kick'), 'one')
  here.stop()
  expect(await waiting).toEqual({ type: 'unknown' })
  expect(here.log.shown).toEqual([])
})

test('more posts than a channel takes at once wait for its limit, and none is lost', async () => {
  const here = await openPosting()
  const { discord, posting, place } = here
  discord.rateLimits.routes.set('POST /channels/:id/messages', { limit: 2, window: 100 })
  const sent = Array.from({ length: 7 }, (_, index) => posting.send(place, post(`${index}`), `${index}`))
  const results = await Promise.all(sent)
  expect(results.map(({ type }) => type)).toEqual(Array(7).fill('sent'))
  expect(
    titlesIn(here)
      .map((title) => /"title":"(\d)"/.exec(title)?.[1])
      .join(''),
  ).toBe('0123456')
})

test('a token that Discord once did not accept is kept', async () => {
  const here = await openPosting()
  here.discord.fault = onFirstRequest(MESSAGES, { status: 401, body: '{"message": "401", "code": 0}' })
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual({ type: 'unknown' })
  await settled()
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toMatchObject({ type: 'sent' })
})

test('an obstacle is unknown while Discord does not say', async () => {
  const here = await openPosting()
  here.discord.fault = always(/roles$/, { status: 500 })
  expect(await here.posting.obstacleIn(here.place)).toBe('unknown')
  deny(here, May.SendMessages)
  expect(await here.posting.send(here.place, post('Kick'), 'one')).toEqual(refusedFor())
})

test('the obstacles of several channels of a server are read together', async () => {
  const here = await openPosting()
  const requested: string[] = []
  here.discord.fault = (_, path) => {
    requested.push(path)
    return undefined
  }
  const places = here.town.channels.slice(0, 4).map((channelId) => ({ ...here.place, channelId }))
  await Promise.all(places.map((place) => here.posting.obstacleIn(place)))
  // A channel each, the roles, and Custos's own.
  expect(requested).toHaveLength(6)
})

test('a member is told by direct message; one who accepts none is not', async () => {
  const here = await openPosting()
  const { posting, discord, town, log } = here
  const [alice = '', bruno = ''] = town.moderators.map(({ id }) => id)
  discord.world.closedToDirects.add(bruno)
  await posting.tell(alice, post('The feed is paused'))
  await posting.tell(bruno, post('The feed is paused'))
  await posting.tell('111111111111111111', post('The feed is paused'))
  expect([...discord.conversation.messages.values()].map(({ channelId }) => channelId)).toEqual([
    discord.world.openDirect(town.bot.id, alice).id,
  ])
  expect(log.shown).toEqual([])
})
