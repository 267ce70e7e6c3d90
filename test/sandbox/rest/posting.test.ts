import { ChannelType, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { createChannel, deleteChannel } from '../../../sandbox/actions/channels.ts'
import { memberOverwrite, roleOverwrite, setOverwrite } from '../../../sandbox/actions/overwrites.ts'
import { createThread } from '../../../sandbox/actions/threads.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { invalidForm } from '../../support/sandbox/form-errors.ts'
import { type Answer, fieldIn, idsIn, listIn } from '../../support/sandbox/rest-client.ts'

const NO_PINGS = { allowed_mentions: { parse: [] } }
const EMBED = { embeds: [{ title: 'Kick' }] }
const BUTTON = {
  components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Details', custom_id: 'a' }] }],
}
const MINUTE = 60_000

const channelOf = ({ town }: OpenDiscord) => town.channels[0] ?? ''

function send(here: OpenDiscord, message: object, channelId = channelOf(here)): Promise<Answer> {
  return here.rest.post(`/channels/${channelId}/messages`, { ...NO_PINGS, ...message })
}

function edit(here: OpenDiscord, messageId: string, message: object): Promise<Answer> {
  return here.rest.patch(`/channels/${channelOf(here)}/messages/${messageId}`, { ...NO_PINGS, ...message })
}

function read(here: OpenDiscord, query = '', channelId = channelOf(here)): Promise<Answer> {
  return here.rest.get(`/channels/${channelId}/messages${query}`)
}

/** Changes what everyone may do in a channel. */
function deny(here: OpenDiscord, permissions: bigint, channelId = channelOf(here)): void {
  setOverwrite(here.actor(0), channelId, roleOverwrite(here.town.guild.id, 0n, permissions))
}

const error = (status: number, code: number, message: string) => ({ status, body: { code, message } })
const MISSING_ACCESS = error(403, 50001, 'Missing Access')
const MISSING_PERMISSIONS = error(403, 50013, 'Missing Permissions')
const EMPTY = error(400, 50006, 'Cannot send an empty message')
const UNKNOWN_MESSAGE = error(404, 10008, 'Unknown Message')

describe('a bot', () => {
  test.each([
    ['View Channel', May.ViewChannel, MISSING_ACCESS],
    ['Send Messages', May.SendMessages, MISSING_PERMISSIONS],
  ])('needs %s to send', async (_, permission, refusal) => {
    const here = await openDiscord()
    deny(here, permission)
    expect(await send(here, { content: 'Hi' })).toMatchObject(refusal)
    setOverwrite(here.actor(0), channelOf(here), memberOverwrite(here.town.bot.id, permission, 0n))
    expect((await send(here, { content: 'Hi' })).status).toBe(200)
  })

  test('needs Attach Files to send files, also with an edit', async () => {
    const here = await openDiscord()
    const id = fieldIn(await send(here, { content: 'Hi' }), 'id')
    deny(here, May.AttachFiles)
    const file = { name: 'a.txt', type: 'text/plain', content: 'a' }
    const path = `/channels/${channelOf(here)}/messages`
    expect(await here.rest.upload('POST', path, NO_PINGS, [file])).toMatchObject(MISSING_PERMISSIONS)
    expect(await here.rest.upload('PATCH', `${path}/${id}`, NO_PINGS, [file])).toMatchObject(
      MISSING_PERMISSIONS,
    )
  })

  test('needs Connect in voice channels', async () => {
    const here = await openDiscord()
    const [voice = ''] = here.town.voice
    expect((await send(here, { content: 'Hi' }, voice)).status).toBe(200)
    deny(here, May.Connect, voice)
    expect(await send(here, { content: 'Hi' }, voice)).toMatchObject(MISSING_ACCESS)
    expect(await read(here, '', voice)).toMatchObject(MISSING_ACCESS)
  })

  test('cannot send in a category', async () => {
    const here = await openDiscord()
    const id = here.discord.world.newId()
    const category = {
      ...textChannel(id, here.town.guild.id, 'Rooms'),
      type: ChannelType.GuildCategory,
    } as const
    createChannel(here.actor(0), category)
    expect(await send(here, { content: 'Hi' }, id)).toMatchObject(
      error(400, 50008, 'Cannot send messages in a non-text channel'),
    )
  })

  test('cannot send in a deleted channel, nor read what was there', async () => {
    const here = await openDiscord()
    await send(here, { content: 'Hi' })
    deleteChannel(here.actor(0), channelOf(here))
    const unknown = error(404, 10003, 'Unknown Channel')
    expect(await send(here, { content: 'Hi' })).toMatchObject(unknown)
    expect(await read(here)).toMatchObject(unknown)
  })
})

describe('without Embed Links', () => {
  test('a message of embeds alone is refused', async () => {
    const here = await openDiscord()
    deny(here, May.EmbedLinks)
    expect(await send(here, EMBED)).toMatchObject(MISSING_PERMISSIONS)
  })

  test.each([
    ['text', { content: 'Hi' }],
    ['components', BUTTON],
  ])('a message with %s loses its embeds', async (_, more) => {
    const here = await openDiscord()
    deny(here, May.EmbedLinks)
    expect(await send(here, { ...EMBED, ...more })).toMatchObject({
      status: 200,
      body: { embeds: [], ...more },
    })
  })

  test('an edit drops the embeds', async () => {
    const here = await openDiscord()
    const id = fieldIn(await send(here, { ...EMBED, ...BUTTON }), 'id')
    deny(here, May.EmbedLinks)
    expect(await edit(here, id, { embeds: [{ title: 'Ban' }] })).toMatchObject({
      status: 200,
      body: { embeds: [] },
    })
    const bare = fieldIn(await send(here, BUTTON), 'id')
    expect(await edit(here, bare, { ...EMBED, components: [] })).toMatchObject(EMPTY)
  })
})

describe('in a thread', () => {
  /** A thread, locked or archived. */
  async function open(metadata: object = {}) {
    const here = await openDiscord()
    const { id } = createThread(here.actor(0), channelOf(here), 'Chapter 7')
    const thread = here.town.guild.threads.get(id)
    if (!thread) throw new Error('There is no thread.')
    const thread_metadata = { ...thread.thread_metadata, ...metadata }
    here.town.guild.threads.set(id, { ...thread, thread_metadata })
    return { here, id, isArchived: () => here.town.guild.threads.get(id)?.thread_metadata.archived }
  }

  test('a bot needs Send Messages in Threads, and not Send Messages', async () => {
    const { here, id } = await open()
    deny(here, May.SendMessages)
    expect((await send(here, { content: 'Hi' }, id)).status).toBe(200)
    deny(here, May.SendMessagesInThreads)
    expect(await send(here, { content: 'Hi' }, id)).toMatchObject(MISSING_PERMISSIONS)
  })

  test('a message opens the thread again if it is archived', async () => {
    const { here, id, isArchived } = await open({ archived: true })
    expect((await send(here, { content: 'Hi' }, id)).status).toBe(200)
    expect(isArchived()).toBe(false)
  })

  test.each([
    ['locked', { locked: true }, error(403, 160005, 'Thread is locked')],
    ['locked and archived', { locked: true, archived: true }, error(400, 50083, 'Thread is archived')],
  ])('that is %s, only those who may manage threads can send', async (_, metadata, refusal) => {
    const { here, id } = await open(metadata)
    expect(await send(here, { content: 'Hi' }, id)).toMatchObject(refusal)
    setOverwrite(here.actor(0), channelOf(here), memberOverwrite(here.town.bot.id, May.ManageThreads, 0n))
    expect((await send(here, { content: 'Hi' }, id)).status).toBe(200)
  })
})

describe('a nonce', () => {
  const once = { content: 'Hi', nonce: '1', enforce_nonce: true }

  test('that is enforced gives the message that is there', async () => {
    const here = await openDiscord()
    const first = await send(here, once)
    const second = await send(here, { ...once, content: 'Hi again' })
    expect([second.status, second.body]).toEqual([200, first.body])
    expect(first.body).toMatchObject({ content: 'Hi', nonce: '1' })
    expect(listIn(await read(here))).toMatchObject([{ content: 'Hi' }])
  })

  test('is forgotten after a few minutes', async () => {
    const here = await openDiscord()
    await send(here, once)
    here.clock.advance(2 * MINUTE)
    await send(here, once)
    expect(listIn(await read(here))).toHaveLength(1)
    here.clock.advance(2 * MINUTE)
    await send(here, once)
    expect(listIn(await read(here))).toHaveLength(2)
  })

  test('that is not enforced, or differs, does not prevent a message', async () => {
    const here = await openDiscord()
    await send(here, once)
    await send(here, { ...once, nonce: '2' })
    await send(here, { ...once, enforce_nonce: false })
    expect(listIn(await read(here))).toHaveLength(3)
  })

  test('of a message that was deleted gives Unknown Message', async () => {
    const here = await openDiscord()
    const id = fieldIn(await send(here, once), 'id')
    expect((await here.rest.delete(`/channels/${channelOf(here)}/messages/${id}`)).status).toBe(204)
    expect(await send(here, once)).toMatchObject(UNKNOWN_MESSAGE)
  })

  test('has at most 25 characters', async () => {
    const here = await openDiscord()
    expect((await send(here, { ...once, nonce: 'n'.repeat(25) })).status).toBe(200)
    const { status, body } = await send(here, { ...once, nonce: 'n'.repeat(26) })
    expect(status).toBe(400)
    expect(body).toEqual(invalidForm('nonce', ['BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.']))
  })
})

describe('mentions', () => {
  async function mentioning(
    content: string,
    allowed_mentions: object | undefined,
    prepare = (_: OpenDiscord) => {},
  ) {
    const here = await openDiscord()
    // Custos never sends most of these.
    here.discord.onRestCall = undefined
    prepare(here)
    const { moderator } = here.town.roles
    const [marble] = here.town.members
    const named = content.replace('ROLE', `<@&${moderator.id}>`).replace('MEMBER', `<@${marble?.id}>`)
    const path = `/channels/${channelOf(here)}/messages`
    const allowed = JSON.stringify(allowed_mentions)?.replace('ROLE', moderator.id)
    const answer = await here.rest.post(path, {
      content: named,
      ...(allowed !== undefined && { allowed_mentions: JSON.parse(allowed) }),
    })
    const message = here.discord.conversation.messages.get(fieldIn(answer, 'id'))
    const names = new Map([
      [moderator.id, 'the role'],
      [marble?.id ?? '', 'the member'],
    ])
    return { answer, pinged: message?.pinged.map((id) => names.get(id) ?? id) }
  }
  const mentionable = ({ town }: OpenDiscord) => {
    town.roles.moderator.mentionable = true
  }
  const mayMentionAll = (here: OpenDiscord) =>
    setOverwrite(here.actor(0), channelOf(here), memberOverwrite(here.town.bot.id, May.MentionEveryone, 0n))

  test.each([
    ['a mentionable role', mentionable, ['the role']],
    ['a role, by who may mention everyone', mayMentionAll, ['the role']],
    ['no other role', () => {}, []],
  ])('ping %s', async (_, prepare, pinged) => {
    expect((await mentioning('ROLE', { parse: [], roles: ['ROLE'] }, prepare)).pinged).toEqual(pinged)
  })

  test.each([
    ['everything without allowed_mentions', undefined, ['the member', 'the role', 'everyone']],
    ['nothing if nothing is allowed', { parse: [] }, []],
    ['users alone', { parse: ['users'] }, ['the member']],
    ['everyone alone', { parse: ['everyone'] }, ['everyone']],
    [
      'only what is in the content',
      { parse: [], roles: ['ROLE'], users: ['111111111111111111'] },
      ['the role'],
    ],
  ])('ping %s', async (_, allowed, pinged) => {
    expect((await mentioning('ROLE MEMBER @everyone', allowed, mayMentionAll)).pinged).toEqual(pinged)
  })

  test('ping nobody from an embed, nor by an edit', async () => {
    const here = await openDiscord()
    mentionable(here)
    here.discord.onRestCall = undefined
    const mention = `<@&${here.town.roles.moderator.id}>`
    const sent = await here.rest.post(`/channels/${channelOf(here)}/messages`, {
      embeds: [{ title: mention }],
    })
    const id = fieldIn(sent, 'id')
    await here.rest.patch(`/channels/${channelOf(here)}/messages/${id}`, { content: mention })
    expect(here.discord.conversation.messages.get(id)?.pinged).toEqual([])
  })

  test('cannot be listed and allowed at once', async () => {
    const { answer } = await mentioning('ROLE', { parse: ['roles'], roles: ['ROLE'] })
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 50035,
        errors: { allowed_mentions: { _errors: [{ code: expect.stringMatching(/EXCLUSIVE$/) }] } },
      },
    })
  })
})

describe('an edit', () => {
  test('changes what it names, and marks the message as edited', async () => {
    const here = await openDiscord()
    const sent = await send(here, { content: 'Kick', ...EMBED, ...BUTTON })
    const id = fieldIn(sent, 'id')
    here.clock.advance(MINUTE)
    const { status, body } = await edit(here, id, { embeds: [{ title: 'Ban' }] })
    expect([status, body]).toMatchObject([
      200,
      {
        id,
        content: 'Kick',
        embeds: [{ title: 'Ban' }],
        edited_timestamp: '2026-11-24T12:01:00.000000+00:00',
        ...BUTTON,
      },
    ])
    expect((await read(here)).body).toEqual([body])
  })

  test('of a message of somebody else is refused', async () => {
    const here = await openDiscord()
    const [marble] = here.town.members
    if (!marble) throw new Error('There is no member.')
    const { id } = here.discord.conversation.postAs(channelOf(here), marble, 'Hi')
    expect(await edit(here, id, { content: 'Ho' })).toMatchObject(
      error(403, 50005, 'Cannot edit a message authored by another user'),
    )
  })

  test('of a deleted message, or in another channel, gives Unknown Message', async () => {
    const here = await openDiscord()
    const id = fieldIn(await send(here, { content: 'Hi' }), 'id')
    const elsewhere = `/channels/${here.town.channels[1]}/messages/${id}`
    expect(await here.rest.patch(elsewhere, { ...NO_PINGS, content: 'Ho' })).toMatchObject(UNKNOWN_MESSAGE)
    await here.rest.delete(`/channels/${channelOf(here)}/messages/${id}`)
    expect(await edit(here, id, { content: 'Ho' })).toMatchObject(UNKNOWN_MESSAGE)
  })

  test('that leaves nothing is refused', async () => {
    const here = await openDiscord()
    const id = fieldIn(await send(here, { content: 'Hi' }), 'id')
    expect(await edit(here, id, { content: '' })).toMatchObject(EMPTY)
  })
})

test('a bot deletes its own messages, and those of others with Manage Messages', async () => {
  const here = await openDiscord()
  const [marble] = here.town.members
  if (!marble) throw new Error('There is no member.')
  const { id } = here.discord.conversation.postAs(channelOf(here), marble, 'Hi')
  const path = `/channels/${channelOf(here)}/messages/${id}`
  expect(await here.rest.delete(path)).toMatchObject(MISSING_PERMISSIONS)
  setOverwrite(here.actor(0), channelOf(here), memberOverwrite(here.town.bot.id, May.ManageMessages, 0n))
  expect((await here.rest.delete(path)).status).toBe(204)
  expect((await read(here)).body).toEqual([])
})

describe('the messages of a channel', () => {
  /** A channel with five messages, and their ids from the oldest to the newest. */
  async function open() {
    const here = await openDiscord()
    const ids: string[] = []
    for (const content of ['one', 'two', 'three', 'four', 'five']) {
      ids.push(fieldIn(await send(here, { content }), 'id'))
    }
    const [one = '', two = '', three = '', four = '', five = ''] = ids
    return { here, one, two, three, four, five }
  }

  test('are read from the newest back, or before or around one', async () => {
    const { here, one, two, three, four, five } = await open()
    expect(idsIn(await read(here))).toEqual([five, four, three, two, one])
    expect(idsIn(await read(here, '?limit=2'))).toEqual([five, four])
    expect(idsIn(await read(here, `?before=${four}&limit=2`))).toEqual([three, two])
    expect(idsIn(await read(here, `?around=${three}&limit=3`))).toEqual([four, three, two])
  })

  test('are read after one: the first of them, newest first', async () => {
    const { here, one, two, three } = await open()
    expect(idsIn(await read(here, `?after=${one}&limit=2`))).toEqual([three, two])
    expect(idsIn(await read(here, `?after=${three}`))).toHaveLength(2)
  })

  test('are none without Read Message History, and a single one is refused', async () => {
    const { here, one } = await open()
    deny(here, May.ReadMessageHistory)
    expect(await read(here)).toMatchObject({ status: 200, body: [] })
    expect(await here.rest.get(`/channels/${channelOf(here)}/messages/${one}`)).toMatchObject(
      MISSING_PERMISSIONS,
    )
  })

  test('are at most a hundred at once', async () => {
    const { here } = await open()
    expect((await read(here, '?limit=101')).body).toEqual(
      invalidForm('limit', ['NUMBER_TYPE_MAX', 'int value should be less than or equal to 100.']),
    )
  })
})

describe('direct messages', () => {
  test('are opened once, and sent to the member', async () => {
    const here = await openDiscord()
    const [alice] = here.town.moderators
    const open = () => here.rest.post('/users/@me/channels', { recipient_id: alice?.id })
    const first = await open()
    expect(first).toMatchObject({ status: 200, body: { type: 1, recipients: [{ id: alice?.id }] } })
    const id = fieldIn(first, 'id')
    expect(fieldIn(await open(), 'id')).toBe(id)
    expect(await send(here, EMBED, id)).toMatchObject({ status: 200, body: { channel_id: id } })
    expect((await here.rest.get(`/channels/${id}`)).body).toEqual(first.body)
  })

  test('are refused by members who accept none', async () => {
    const here = await openDiscord()
    const [alice] = here.town.moderators
    here.discord.world.closedToDirects.add(alice?.id ?? '')
    const id = fieldIn(await here.rest.post('/users/@me/channels', { recipient_id: alice?.id }), 'id')
    expect(await send(here, EMBED, id)).toMatchObject(error(403, 50007, 'Cannot send messages to this user'))
  })

  test('cannot be opened with nobody, nor by another bot', async () => {
    const here = await openDiscord()
    const { world } = here.discord
    expect(await here.rest.post('/users/@me/channels', { recipient_id: '111111111111111111' })).toMatchObject(
      error(404, 10013, 'Unknown User'),
    )
    const [alice] = here.town.moderators
    const other = world.openDirect('222222222222222222', alice?.id ?? '')
    expect(await send(here, EMBED, other.id)).toMatchObject(error(404, 10003, 'Unknown Channel'))
  })
})

test('few edits of messages that are older than an hour are accepted in a channel', async () => {
  const here = await openDiscord()
  const id = fieldIn(await send(here, { content: 'Hi' }), 'id')
  here.discord.rateLimits.routes.delete('PATCH /channels/:id/messages/:id')
  const editAll = () => Promise.all([1, 2, 3, 4].map((each) => edit(here, id, { content: String(each) })))
  const statuses = async () => (await editAll()).map(({ status }) => status).toSorted()
  expect(await statuses()).toEqual([200, 200, 200, 200])
  here.clock.advance(61 * MINUTE)
  const answers = await editAll()
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  expect(answers.find(({ status }) => status === 429)).toMatchObject({
    body: { code: 30046, retry_after: 20, global: false },
  })
  here.clock.advance(20_000)
  expect((await edit(here, id, { content: 'later' })).status).toBe(200)
})
