import { ChannelType, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import { mayView, permissionsIn } from '../../../sandbox/world/access.ts'
import { type Channel, textChannel } from '../../../sandbox/world/channels.ts'
import { isJsonObject, type JsonObject, jsonObjects } from '../../../sandbox/world/json.ts'
import { type OpenDiscord, openDiscord, TOKEN } from '../../support/open-discord.ts'
import type { Payload } from '../../support/sandbox/gateway-client.ts'
import { idsIn } from '../../support/sandbox/rest-client.ts'

const INTENTS = 1 | 4
const NEW_ID = '1574756470000000000'
const { roleOverwrite, memberOverwrite } = overwrites

/** The channel events among the received ones. */
function ofChannels(received: readonly Payload[]) {
  return received.flatMap(({ t, d }) =>
    t?.startsWith('CHANNEL_') || t?.startsWith('THREAD_') ? [[t, isJsonObject(d) ? d.name : undefined]] : [],
  )
}

function channelsIn(received: readonly Payload[], key = 'channels'): JsonObject[] {
  const guild = received.find(({ t }) => t === 'GUILD_CREATE')?.d
  return jsonObjects(isJsonObject(guild) ? guild[key] : undefined)
}

async function arrive({ connect }: OpenDiscord): Promise<Payload[]> {
  return (await connect()).identify({ token: TOKEN, intents: INTENTS })
}

describe('a channel that a bot may not view', () => {
  test('is hidden in GUILD_CREATE: only id, type, position and parent are true', async () => {
    const here = await openDiscord()
    const { town } = here
    const category = {
      ...textChannel(NEW_ID, town.guild.id, 'Staff', 9),
      type: ChannelType.GuildCategory,
    } as const
    town.guild.channels.set(NEW_ID, category)
    channels.updateChannel(here.actor(0), town.modRoom, { topic: 'Appeals', nsfw: true, parent_id: NEW_ID })
    const hidden = channelsIn(await arrive(here)).find(({ id }) => id === town.modRoom)
    expect(hidden).toEqual({
      id: town.modRoom,
      guild_id: town.guild.id,
      type: 0,
      position: 6,
      parent_id: NEW_ID,
      name: '___hidden___',
      flags: 1 << 17,
      permission_overwrites: [{ id: town.guild.id, type: 0, allow: '0', deny: '1024' }],
      nsfw: false,
      topic: null,
      last_message_id: null,
      rate_limit_per_user: 0,
    })
  })

  test('is hidden when created, updated and deleted, and its threads are not sent', async () => {
    const here = await openDiscord()
    const { town } = here
    const client = await here.listen()
    const hidden = [roleOverwrite(town.guild.id, 0n, May.ViewChannel)]
    const secret = { ...textChannel(NEW_ID, town.guild.id, 'secret'), permission_overwrites: hidden }
    channels.createChannel(here.actor(0), secret)
    channels.updateChannel(here.actor(0), NEW_ID, { name: 'more-secret' })
    const thread = threads.createThread(here.actor(0), NEW_ID, 'Plans')
    threads.archiveThread(here.actor(0), thread.id)
    threads.deleteThread(here.actor(0), thread.id)
    channels.deleteChannel(here.actor(0), NEW_ID)
    expect(ofChannels(await client.received())).toEqual([
      ['CHANNEL_CREATE', '___hidden___'],
      ['CHANNEL_UPDATE', '___hidden___'],
      ['CHANNEL_DELETE', '___hidden___'],
    ])
  })

  test('a visible channel with the placeholder name is not hidden', async () => {
    const here = await openDiscord()
    channels.updateChannel(here.actor(0), here.town.channels[0] ?? '', { name: '___hidden___' })
    const found = channelsIn(await arrive(here)).filter(({ name }) => name === '___hidden___')
    expect(found.map(({ flags }) => flags)).toEqual([0, 1 << 17])
  })

  test('is left out of the channel list by REST, and forbidden by id, like its messages', async () => {
    const { rest, town } = await openDiscord()
    expect(idsIn(await rest.get(`/guilds/${town.guild.id}/channels`))).not.toContain(town.modRoom)
    for (const path of ['', '/messages'])
      expect(await rest.get(`/channels/${town.modRoom}${path}`)).toMatchObject({
        status: 403,
        body: { message: 'Missing Access', code: 50001 },
      })
  })

  test('has its threads left out of GUILD_CREATE; those of other channels are sent', async () => {
    const here = await openDiscord()
    const { town } = here
    threads.createThread(here.actor(0), town.modRoom, 'Appeals')
    threads.createThread(here.actor(0), town.channels[0] ?? '', 'Chapter 1')
    expect(channelsIn(await arrive(here), 'threads').map(({ name }) => name)).toEqual(['Chapter 1'])
  })
})

describe('a bot that gains a channel receives its data, and a bot that loses one receives it hidden, when', () => {
  test.each<readonly [how: string, letIn: (here: OpenDiscord) => void, shutOut: (here: OpenDiscord) => void]>(
    [
      [
        'an overwrite for one of its roles is set and deleted',
        ({ actor, town }) =>
          overwrites.setOverwrite(
            actor(0),
            town.modRoom,
            roleOverwrite(town.roles.custos.id, May.ViewChannel, 0n),
          ),
        ({ actor, town }) => overwrites.deleteOverwrite(actor(0), town.modRoom, town.roles.custos.id),
      ],
      [
        'an overwrite for itself is set and changed',
        ({ actor, town }) =>
          overwrites.setOverwrite(actor(0), town.modRoom, memberOverwrite(town.bot.id, May.ViewChannel, 0n)),
        ({ actor, town }) =>
          overwrites.setOverwrite(actor(0), town.modRoom, memberOverwrite(town.bot.id, 0n, May.ViewChannel)),
      ],
      [
        'the overwrite for @everyone is deleted and set',
        ({ actor, town }) => overwrites.deleteOverwrite(actor(0), town.modRoom, town.guild.id),
        ({ actor, town }) =>
          overwrites.setOverwrite(actor(0), town.modRoom, roleOverwrite(town.guild.id, 0n, May.ViewChannel)),
      ],
      [
        'its role gains and loses Administrator',
        ({ actor, town }) =>
          roles.updateRole(actor(0), town.roles.custos.id, { permissions: String(May.Administrator) }),
        ({ actor, town }) => roles.updateRole(actor(0), town.roles.custos.id, { permissions: '128' }),
      ],
      [
        'it gains and loses a role',
        ({ actor, town }) => members.addRoles(actor(0), town.bot.id, [town.roles.moderator.id]),
        ({ actor, town }) => members.removeRoles(actor(0), town.bot.id, [town.roles.moderator.id]),
      ],
      [
        'it gains a role that is then deleted',
        ({ actor, town }) => members.addRoles(actor(0), town.bot.id, [town.roles.moderator.id]),
        ({ actor, town }) => roles.deleteRole(actor(0), town.roles.moderator.id),
      ],
    ],
  )('%s', async (_, letIn, shutOut) => {
    const here = await openDiscord()
    const client = await here.listen()
    letIn(here)
    const revealed = (await client.received()).filter(({ t }) => t === 'CHANNEL_UPDATE')
    expect(revealed.map(({ d }) => d)).toEqual([here.town.guild.channels.get(here.town.modRoom)])
    expect((await here.rest.get(`/channels/${here.town.modRoom}`)).status).toBe(200)
    shutOut(here)
    expect(ofChannels(await client.received())).toEqual([['CHANNEL_UPDATE', '___hidden___']])
    expect((await here.rest.get(`/channels/${here.town.modRoom}`)).status).toBe(403)
  })

  test('another bot receives nothing', async () => {
    const here = await openDiscord()
    const { town } = here
    const [, , , , , , , , , , gatekeeper] = town.moderators
    if (!gatekeeper) throw new Error('There is no Gatekeeper.')
    here.discord.world.addApplication(gatekeeper, 'another token')
    const client = await here.connect()
    await client.identify({ token: 'another token', intents: INTENTS })
    roles.updateRole(here.actor(0), town.roles.custos.id, { permissions: String(May.Administrator) })
    expect(ofChannels(await client.received())).toEqual([])
  })

  test('a category is visible to members who may view a channel in it', async () => {
    const here = await openDiscord()
    const { actor, town } = here
    const { guild } = town
    const hidden = [roleOverwrite(guild.id, 0n, May.ViewChannel)]
    const category = textChannel(NEW_ID, guild.id, 'Tickets')
    guild.channels.set(NEW_ID, {
      ...category,
      type: ChannelType.GuildCategory,
      permission_overwrites: hidden,
    })
    const ticket = textChannel('1574756470000000001', guild.id, 'ticket-1')
    guild.channels.set(ticket.id, { ...ticket, parent_id: NEW_ID, permission_overwrites: hidden })
    const client = await here.listen()
    overwrites.setOverwrite(actor(0), ticket.id, memberOverwrite(town.bot.id, May.ViewChannel, 0n))
    expect(ofChannels(await client.received())).toEqual([
      ['CHANNEL_UPDATE', 'ticket-1'],
      ['CHANNEL_UPDATE', 'Tickets'],
    ])
  })
})

describe('a member’s permissions in a channel', () => {
  test('come from the overwrite for @everyone, then those for their roles, then their own', async () => {
    const { town } = await openDiscord()
    const { guild, roles: role } = town
    const [marble = ''] = town.members.map(({ id }) => id)
    const channel = textChannel(NEW_ID, guild.id, 'any')
    const may = (...overwrites: Channel['permission_overwrites']) =>
      (permissionsIn(guild, marble, { ...channel, permission_overwrites: overwrites }) & May.ViewChannel) !==
      0n
    guild.members.get(marble)?.roles.push(role.trusted.id, role.muted.id)
    const closed = roleOverwrite(guild.id, 0n, May.ViewChannel)
    expect(may()).toBe(true)
    expect(may(closed)).toBe(false)
    expect(may(closed, roleOverwrite(role.trusted.id, May.ViewChannel, 0n))).toBe(true)
    expect(may(roleOverwrite(role.muted.id, 0n, May.ViewChannel))).toBe(false)
    // If one of two roles allows a permission, it is granted.
    expect(
      may(
        roleOverwrite(role.muted.id, 0n, May.ViewChannel),
        roleOverwrite(role.trusted.id, May.ViewChannel, 0n),
      ),
    ).toBe(true)
    expect(may(closed, memberOverwrite(marble, May.ViewChannel, 0n))).toBe(true)
    expect(may(memberOverwrite(marble, 0n, May.ViewChannel))).toBe(false)
    expect(may(roleOverwrite(role.admin.id, May.ViewChannel, 0n), closed)).toBe(false)
  })

  test('are complete for administrators and the owner', async () => {
    const { town } = await openDiscord()
    const room = town.guild.channels.get(town.modRoom)
    if (!room) throw new Error('There is no room.')
    const viewers = [...town.guild.members.keys()].filter((id) => mayView(town.guild, id, room))
    expect(viewers).toEqual([town.guild.ownerId, ...town.moderators.map(({ id }) => id)])
  })
})

test('interactions contain the real names of their channel and of chosen channels', async () => {
  const here = await openDiscord()
  const { town } = here
  await here.rest.put(`/applications/${town.bot.id}/commands`, [
    {
      name: 'log',
      description: 'd',
      options: [
        {
          type: 1,
          name: 'find',
          description: 'd',
          options: [{ type: 7, name: 'channel', description: 'd' }],
        },
      ],
    },
  ])
  const client = await here.listen()
  town.as(town.moderators[0]?.id ?? '', town.modRoom).send('log find', { channel: town.modRoom })
  expect(await client.next()).toMatchObject({
    t: 'INTERACTION_CREATE',
    d: {
      channel: { id: town.modRoom, name: 'mod-room', flags: 0 },
      data: { resolved: { channels: { [town.modRoom]: { name: 'mod-room' } } } },
    },
  })
})

test('an old guild’s first channel has the guild’s id, like its @everyone role', async () => {
  const { discord } = await openDiscord()
  const { guild, channels: ids } = createTown(discord, 'an old token', { isOld: true })
  expect(guild.channels.get(guild.id)?.name).toBe('general')
  expect(guild.roles.get(guild.id)?.name).toBe('@everyone')
  expect(ids[0]).toBe(guild.id)
})
