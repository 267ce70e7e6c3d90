import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, textOf } from '../../support/read.ts'

const NO_LIST = 'The buttons and menus of this reply no longer work. Run the command again.'
const NO_ENTRY = 'Custos no longer has this entry. It was erased, or became too old: see `/audit status`.'
const NOT_OURS = 'This button or menu no longer works. Run the command again.'
const NOT_YOURS =
  'Only the member who ran this command can use its buttons and menus. To use them, run it yourself.'

/** Two guilds with the bot, and Alice, who administers both. */
async function twoGuilds() {
  const here = await openCustos({ days: 3 })
  const { discord, town, moderator, log, clock } = here
  await log.waitFor(READ)
  const other = discord.world.addGuild('Next door', moderator.userId)
  other.addMember(town.bot.user, [], clock.now())
  other.roles.set(other.id, { ...newRole({ id: other.id, name: '@everyone' }), permissions: '8' })
  other.addMember(required(discord.world.users.get(moderator.userId)), [], clock.now())
  members.kick({ world: discord.world, guild: other, actorId: moderator.userId }, town.members[3]?.id ?? '')
  discord.gateway.announceJoin(other.id, town.bot.id)
  await log.waitFor(READ, 2)
  const context = { guild: other, channelId: town.channels[0] ?? '', applicationId: town.bot.id }
  const nextDoor = new MemberClient(discord, moderator.userId, context)
  return { ...here, other, nextDoor }
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A required value is missing.')
  return value
}

/** The custom ids of a message's buttons and menus. */
function customIds({ body }: Message): string[] {
  return jsonObjects(body.components).flatMap((row) =>
    jsonObjects(row.components).map(({ custom_id }) => String(custom_id)),
  )
}

/** Uses a button or menu of a message with another custom id. */
async function forge(member: MemberClient, message: Message, customId: string, values?: string[]) {
  const button = { type: 2, style: 2, label: 'Forged', custom_id: customId }
  const options = values?.map((value) => ({ label: 'Forged', value }))
  const menu = { type: 3, custom_id: customId, options }
  const body = { ...message.body, components: [{ type: 1, components: [options ? menu : button] }] }
  const forged = { ...message, body }
  const reply = values ? await member.choose(forged, values[0] ?? '') : await member.click(forged, 'Forged')
  return textOf(reply.message)
}

const numberOf = (message: Message) => /^\w+:\d+:(\d+)/.exec(customIds(message)[0] ?? '')?.[1] ?? ''

test('ids of another server’s lists and entries give no access to them', async () => {
  const { moderator, nextDoor, other } = await twoGuilds()
  const there = await nextDoor.command('audit recent')
  const forgetThere = await nextDoor.command('custos forget')
  const [entry = ''] = entryIdsOf(there.message)
  expect(other.log.since().map(({ id }) => id)).toContain(entry)
  const { message } = await moderator.command('audit recent', { public: true })
  const me = moderator.userId
  const theirs = numberOf(there.message)
  for (const action of ['turn', 'entry', 'history', 'through', 'window', 'confirm']) {
    const rest = action === 'turn' ? ':1' : action === 'window' ? ':7' : ''
    expect(await forge(moderator, message, `${action}:${me}:${theirs}${rest}`)).toBe(NO_LIST)
  }
  expect(await forge(moderator, message, `confirm:${me}:${numberOf(forgetThere.message)}`)).toBe(NO_LIST)
  for (const action of ['around', 'actor', 'target', 'sides']) {
    expect(await forge(moderator, message, `${action}:${me}:${entry}`)).toBe(NO_ENTRY)
  }
  const ours = `entry:${me}:${numberOf(message)}`
  expect(await forge(moderator, message, ours, [entry])).toBe(NO_ENTRY)
  expect(textOf((await moderator.command('audit entry', { id: entry })).message)).toMatch(
    /^This server has no entry/,
  )
  expect((await nextDoor.command('audit recent')).message).toBeDefined()
})

test('a forged custom id gives no access to another member’s list', async () => {
  const { moderator, other: bruno } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent', { public: true })
  const number = numberOf(message)
  for (const action of ['turn', 'entry', 'history', 'through', 'window', 'confirm']) {
    const rest = action === 'turn' ? ':1' : action === 'window' ? ':7' : ''
    expect(await forge(bruno, message, `${action}:${moderator.userId}:${number}${rest}`)).toBe(NOT_YOURS)
    expect(await forge(bruno, message, `${action}:${bruno.userId}:${number}${rest}`)).toBe(NO_LIST)
  }
})

test('confirming a query that needs no confirmation erases nothing', async () => {
  const { moderator } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent')
  const before = entryIdsOf(message)
  const reply = await forge(moderator, message, `confirm:${moderator.userId}:${numberOf(message)}`)
  expect(reply).toBe('There is nothing to confirm. Run `/audit recent` again.')
  expect(entryIdsOf((await moderator.command('audit recent')).message)).toEqual(before)
})

test('malformed custom ids, values and forms get a sentence, and are not an incident', async () => {
  const { moderator, log } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent', { public: true })
  const [me, number] = [moderator.userId, numberOf(message)]
  const huge = '9'.repeat(30)
  for (const customId of [
    'x',
    `turn:${me}:${number}:-1`,
    `turn:${me}:${number}:1e400`,
    `turn:${me}:${huge}:1`,
    `window:${me}:${number}:99999`,
    `around:${me}:${huge}`,
    `sides:${me}:'; DROP TABLE entry; --`,
  ]) {
    expect(await forge(moderator, message, customId)).toBe(NOT_OURS)
  }
  for (const [customId, reply] of [
    [`turn:${me}:-1:1`, NO_LIST],
    [`turn:${me}:0x7fffffff:0`, NO_LIST],
    [`confirm:${me}:`, NO_LIST],
    [`sides:${me}:0`, NO_ENTRY],
  ] as const) {
    expect(await forge(moderator, message, customId)).toBe(reply)
  }
  for (const value of ['not an id', "1' OR '1'='1", huge, '0']) {
    expect(await forge(moderator, message, `entry:${me}:${number}`, [value])).toBe(NO_ENTRY)
  }
  for (const customId of ['x', `turn:${me}:${number}:1`]) {
    const modal = { customId, title: 'Forged', inputs: [], source: message }
    expect(textOf((await moderator.submit(modal, '')).message)).toBe(NOT_OURS)
  }
  await forge(moderator, message, `turn:${me}:${number}:${Number.MAX_SAFE_INTEGER}:on:1`)
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
