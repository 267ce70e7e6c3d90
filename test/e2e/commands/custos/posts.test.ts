import { ButtonStyle, ComponentType, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { postIds } from '../../../../commands/components/posts/post-ids.ts'
import * as members from '../../../../sandbox/actions/members.ts'
import { addModLog } from '../../../../sandbox/town/mod-log.ts'
import type { Message } from '../../../../sandbox/world/message.ts'
import { forgetEverything } from '../../../support/archive/forget.ts'
import { READ } from '../../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../../support/open-custos.ts'
import { entryIdsOf, footersOf, textOf } from '../../../support/read.ts'

const VACUUMED = 'The archive’s files no longer contain anything that was erased.'

/** A server with three kicks, of which the first is older than the feed, and posts of Custos about the others. */
async function open(options: Parameters<typeof openCustos>[0] = {}) {
  const here = await openCustos(options)
  const { actor, town, log, discord, clock, moderator } = here
  const channelId = addModLog(town)
  for (const { id } of town.members.slice(0, 3)) {
    members.kick(actor(1), id, 'Rude to everybody')
    clock.advance(60_000)
  }
  await log.waitFor(READ)
  await moderator.command('custos feed add', { to: channelId, action: 'Member Kick' })
  const [, from = '', to = ''] = town.guild.log.since().map(({ id }) => id)
  const post = { watch: 1, number: 1 }
  const buttons = [
    ['Details', postIds.entry(post, from)],
    ['Show all 2', postIds.list(post, { from, to })],
    ['Activity', postIds.report(post, { path: 'audit activity', from, to })],
  ].map(([label, custom_id]) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id,
  }))
  const menu = {
    type: ComponentType.StringSelect,
    custom_id: postIds.entry(post),
    options: [from, to].map((id) => ({ label: id, value: id })),
  }
  const rows = [buttons, [menu]].map((components) => ({ type: ComponentType.ActionRow, components }))
  const { conversation } = discord
  const message: Message = {
    ...conversation.draft({ channelId, author: town.bot.user, applicationId: town.bot.id }),
    body: { embeds: [], components: rows },
  }
  conversation.post(message)
  return { ...here, message, from, to }
}

test('what is under a post answers every moderator alone, also after a restart', async () => {
  const { moderator, other, message, from, to, restart } = await open()
  for (const member of [moderator, other]) {
    const details = await member.click(message, 'Details')
    expect(details.ephemeral).toBe(true)
    expect(textOf(details.message)).toContain('Rude to everybody')
    expect(footersOf(details.message)[0]).toContain(from)
    const chosen = await member.choose(message, to)
    expect(footersOf(chosen.message)[0]).toContain(to)
    const list = await member.click(message, 'Show all 2')
    expect(list.ephemeral).toBe(true)
    expect(entryIdsOf(list.message)).toEqual([to, from])
    await restart()
  }
  await moderator.command('custos feed remove', { id: '1' })
  expect(entryIdsOf((await other.click(message, 'Show all 2')).message)).toEqual([to, from])
  expect(textOf((await other.click(message, 'Activity')).message)).toContain(`<@${other.userId}>`)
})

/** A member who sees the channel, but may not view the audit log. */
function readerOf({ town, discord }: Pick<OpenCustos, 'town' | 'discord'>) {
  const user = discord.world.addUser('reader')
  town.guild.addMember(user, [town.roles.moderator.id], discord.world.now())
  const { moderator } = town.roles
  town.guild.roles.set(moderator.id, { ...moderator, permissions: String(May.ViewChannel) })
  return town.as(user.id)
}

test('a member who may not use /audit reads which permission that takes', async () => {
  const here = await open()
  const reader = readerOf(here)
  for (const use of [
    () => reader.click(here.message, 'Details'),
    () => reader.choose(here.message, here.to),
  ]) {
    const { message, ephemeral } = await use()
    expect(ephemeral).toBe(true)
    expect(textOf(message)).toBe('This takes the **View Audit Log** permission.')
  }
})

test('a member whom the server allows /audit can use what is under a post, and what that leads to', async () => {
  const here = await open()
  const { message, town, from, to } = here
  const reader = readerOf(here)
  const audit = [...town.bot.commands.values()].find(({ name }) => name === 'audit')
  const allowed = [{ id: reader.userId, type: 2, permission: true }]
  town.bot.commandPermissions.set(town.guild.id, new Map([[audit?.id ?? '', allowed]]))
  const details = await reader.click(message, 'Details')
  expect(footersOf(details.message)[0]).toContain(from)
  const nearby = await reader.click(details.message, 'Nearby entries')
  expect(entryIdsOf(nearby.message)).toEqual(expect.arrayContaining([from, to]))
})

test('once everything is erased, the entry of a post is said to be gone, and so is the feed', async () => {
  const here = await open()
  await forgetEverything(here)
  await here.log.waitFor(VACUUMED)
  const { message } = await here.other.click(here.message, 'Details')
  expect(textOf(message)).toMatch(/^Custos no longer has this entry\. It was erased, or became too old/)
  expect(textOf((await here.moderator.command('custos feed list')).message)).toMatch(/^No feed is set/)
})
