import { PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { always } from '../../../../sandbox/rest/faults.ts'
import { addModLog } from '../../../../sandbox/town/mod-log.ts'
import { overwrite, textChannel } from '../../../../sandbox/world/channels.ts'
import { newRole } from '../../../../sandbox/world/guild.ts'
import type { Message } from '../../../../sandbox/world/message.ts'
import { type OpenCustos, openCustos } from '../../../support/open-custos.ts'
import { openOnce } from '../../../support/open-once.ts'
import { fieldOf, footersOf, textOf } from '../../../support/read.ts'

const titleOf = (message: Message) => textOf(message).split('\n')[0]

/** Custos in a server with the channel `#mod-log`, in which it may post. */
async function open(...[options, atEnd]: Parameters<typeof openCustos>) {
  let modLog = ''
  const here = await openCustos(
    {
      ...options,
      prepare: (town) => {
        modLog = addModLog(town)
      },
    },
    atEnd,
  )
  const { moderator } = here
  const listed = async (type = 'feed') => (await moderator.command(`custos ${type} list`)).message
  return { ...here, modLog, listed }
}

/** Changes what Custos may do in a channel. */
function setPermissions(
  { town }: Pick<OpenCustos, 'town'>,
  channelId: string,
  allow: bigint,
  deny: bigint,
): void {
  const { guild, roles } = town
  const channel = guild.channels.get(channelId)
  if (!channel) throw new Error('There is no such channel.')
  const ofCustos = overwrite(roles.custos.id, OverwriteType.Role, allow, deny)
  guild.channels.set(channelId, { ...channel, permission_overwrites: [ofCustos] })
}

describe('/custos feed', () => {
  test('a feed is added, listed and removed, and each change is in the log of the server', async () => {
    const { moderator, modLog, listed, restart } = await open()
    expect(titleOf(await listed())).toBe('No feed is set')
    expect(textOf(await listed())).toContain('Add one with `/custos feed add to:`.')

    const added = await moderator.command('custos feed add', { to: modLog })
    expect(added.ephemeral).toBe(true)
    expect(titleOf(added.message)).toBe('Feed 1 is set')
    expect(textOf(added.message)).toContain(
      `From now on, Custos posts in <#${modLog}> each new entry of the audit log.`,
    )
    await restart()
    expect(titleOf(await listed())).toBe('1 feed')
    expect(fieldOf(await listed(), 'Feed 1')).toMatch(
      new RegExp(`^<#${modLog}> · every entry\n-# Set by <@${moderator.userId}> <t:\\d+:R>$`),
    )
    expect(footersOf(await listed())).toEqual(['1 of 20 feeds, alerts and digests'])
    const status = await moderator.command('audit status')
    expect(fieldOf(status.message, 'Posts')).toBe('1 feed')
    expect(fieldOf(status.message, 'Operations')).toMatch(
      new RegExp(`<@${moderator.userId}> added feed 1 in <#${modLog}>$`),
    )

    expect(await moderator.autocomplete('custos feed remove', 'id', '')).toEqual([
      { name: '1 · #mod-log · every entry', value: '1' },
    ])
    const removed = await moderator.command('custos feed remove', { id: '1' })
    expect(titleOf(removed.message)).toBe('Feed 1 is removed')
    expect(textOf(removed.message)).toContain('What it has posted stays there.')
    expect(titleOf(await listed())).toBe('No feed is set')
    const after = await moderator.command('audit status')
    expect(fieldOf(after.message, 'Posts')).toBeUndefined()
    expect(fieldOf(after.message, 'Operations')).toContain(`removed feed 1 in <#${modLog}>`)
  })

  test('a feed with options says whose entries it posts, and which', async () => {
    const { moderator, other, modLog, town, listed } = await open()
    const [channel = ''] = town.channels
    const options = { action: 'Bans & kicks', by: other.userId, on: `<@${town.members[0]?.id}>`, channel }
    const added = await moderator.command('custos feed add', { to: modLog, ...options, bots: false })
    const described = `by <@${other.userId}> · on ${options.on} · Bans & kicks · in <#${channel}> · without bots`
    expect(textOf(added.message)).toContain(
      `posts in <#${modLog}> each new entry that matches: ${described}.`,
    )
    expect(fieldOf(await listed(), 'Feed 1')).toContain(`<#${modLog}> · ${described}\n`)
  })

  test('only channels are offered in which messages can be sent', async () => {
    const { moderator } = await open()
    const custos = moderator.commands().find(({ name }) => name === 'custos')
    expect(JSON.stringify(custos?.options)).toContain('"channel_types":[0,5,2,13,11,12,10]')
  })
})

describe('nothing is set blind', () => {
  const opened = openOnce((atEnd) => open({}, atEnd))

  test.each([
    [
      'may not write',
      May.ViewChannel,
      May.SendMessages,
      /lacks \*\*Send Messages\*\* in <#\d+>\. Give that to its role/,
    ],
    ['may not embed', May.ViewChannel, May.EmbedLinks, /lacks \*\*Embed Links\*\* in/],
    ['may not see the channel', 0n, May.ViewChannel, /lacks \*\*View Channel\*\* in/],
  ])('where Custos %s, it says which permission is missing', async (_, allow, deny, sentence) => {
    const here = opened()
    const { moderator, town, discord, listed } = here
    const to = discord.world.newId()
    town.guild.channels.set(to, textChannel(to, town.guild.id, 'log', 20))
    setPermissions(here, to, allow, deny)
    const { message, ephemeral } = await moderator.command('custos feed add', { to })
    expect(ephemeral).toBe(true)
    expect(textOf(message)).toMatch(/^Nothing was set: /)
    expect(textOf(message)).toMatch(sentence)
    expect(titleOf(await listed())).toBe('No feed is set')
  })

  test('where Discord does not say what Custos may do, it says so', async () => {
    const { moderator, modLog, discord, listed } = opened()
    discord.fault = always(/^\/guilds\/\d+\/roles$/, { status: 500, body: '' })
    const { message } = await moderator.command('custos feed add', { to: modLog })
    discord.fault = undefined
    expect(textOf(message)).toMatch(
      /^Nothing was set: Discord did not say whether Custos can post in <#\d+>\./,
    )
    expect(titleOf(await listed())).toBe('No feed is set')
  })

  test('a member who may not view the audit log cannot have it posted', async () => {
    const { town, discord, modLog, listed } = opened()
    const role = newRole({ id: '1574743715870670857', name: 'Manager', permissions: May.ManageGuild })
    town.guild.roles.set(role.id, role)
    const manager = discord.world.addUser('manager')
    town.guild.addMember(manager, [role.id], discord.world.now())
    const { message } = await town.as(manager.id).command('custos feed add', { to: modLog })
    expect(textOf(message)).toMatch(/^Nothing was set: this also takes the \*\*View Audit Log\*\* permission/)
    expect(titleOf(await listed())).toBe('No feed is set')
  })
})

test('a feed that is set while Custos may not read the log says so', async () => {
  const { moderator, modLog, town, listed } = await open()
  const { custos } = town.roles
  town.guild.roles.set(custos.id, { ...custos, permissions: '0' })
  await moderator.command('audit recent')
  const { message } = await moderator.command('custos feed add', { to: modLog })
  expect(titleOf(message)).toBe('Feed 1 is set')
  expect(textOf(message)).toContain('Custos cannot read this server’s audit log now, so nothing is posted.')
  expect(titleOf(await listed())).toBe('1 feed')
})

describe('what is set already', () => {
  test('is not set twice, whatever the order of its options', async () => {
    const { moderator, other, modLog, town, listed } = await open()
    await moderator.command('custos feed add', { to: modLog, action: 'Member Kick, Member Ban Add' })
    const again = await moderator.command('custos feed add', {
      to: modLog,
      action: 'member ban add, member kick',
    })
    expect(textOf(again.message)).toMatch(
      new RegExp(
        `^Nothing was set: feed 1 already posts the same in <#${modLog}>\\. <@${moderator.userId}> set it`,
      ),
    )
    const [another = ''] = town.channels
    setPermissions({ town }, another, May.ViewChannel | May.SendMessages | May.EmbedLinks, 0n)
    await moderator.command('custos feed add', { to: another, action: 'Member Kick, Member Ban Add' })
    await moderator.command('custos feed add', { to: modLog, by: other.userId })
    expect(titleOf(await listed())).toBe('3 feeds')
  })

  test('is at most twenty feeds, alerts and digests', async () => {
    const { moderator, modLog, town, listed } = await open()
    const everyone = [...town.moderators, ...town.members].map(({ id }) => id)
    const users = everyone.slice(0, 21)
    for (const by of users.slice(0, 20)) await moderator.command('custos feed add', { to: modLog, by })
    expect(titleOf(await listed())).toBe('20 feeds')
    const { message } = await moderator.command('custos feed add', { to: modLog, by: users[20] ?? '' })
    expect(textOf(message)).toMatch(/^Nothing was set: this server has 20 feeds, alerts and digests/)
    expect(await moderator.autocomplete('custos feed remove', 'id', '')).toHaveLength(20)
    await moderator.command('custos feed remove', { id: '7' })
    await moderator.command('custos feed add', { to: modLog, by: users[20] ?? '' })
    expect(fieldOf(await listed(), 'Feed 21')).toBeDefined()
    expect(fieldOf(await listed(), 'Feed 7')).toBeUndefined()
  })
})

describe('removing', () => {
  const opened = openOnce(async (atEnd) => {
    const here = await open({}, atEnd)
    await here.moderator.command('custos feed add', { to: here.modLog })
    return here
  })

  test.each([
    ['feed', 'one', '“one” is not the number of a feed. Pick one from the list that appears while you type'],
    ['feed', '0', '“0” is not the number of a feed.'],
    ['feed', '9', 'This server has no feed 9.'],
    ['alert', '1', 'Number 1 is a feed, not an alert. To remove it, use `/custos feed remove id:1`.'],
    ['digest', '1', 'Number 1 is a feed, not a digest.'],
  ])('/custos %s remove id:%s says what would work', async (type, id, sentence) => {
    const { moderator, listed } = opened()
    const { message, ephemeral } = await moderator.command(`custos ${type} remove`, { id })
    expect(ephemeral).toBe(true)
    expect(textOf(message)).toContain(sentence)
    expect(titleOf(await listed())).toBe('1 feed')
  })

  test('suggests those of its type only, by number, channel or what they post', async () => {
    const { moderator } = opened()
    const suggested = (type: string, typed: string) =>
      moderator.autocomplete(`custos ${type} remove`, 'id', typed)
    for (const typed of ['1', 'MOD-LOG', 'every']) expect(await suggested('feed', typed)).toHaveLength(1)
    expect(await suggested('feed', 'general')).toEqual([])
    expect(await suggested('alert', '')).toEqual([])
  })

  test('works with a number as it is listed', async () => {
    const { moderator, listed } = opened()
    await moderator.command('custos feed remove', { id: ' Feed 1 ' })
    expect(titleOf(await listed())).toBe('No feed is set')
  })
})
