import { expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, footersOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const idsOf = (entries: readonly LogEntry[]) => entries.map(({ id }) => id)
const newestFirst = ({ guild }: Town) => guild.log.since().reverse()

test('the newest ten entries are shown in an ephemeral reply', async () => {
  const { moderator, town } = await openCustos({ days: 10 })
  const reply = await moderator.command('audit recent')
  const all = newestFirst(town)
  expect(entryIdsOf(reply.message)).toEqual(idsOf(all.slice(0, 10)))
  expect(reply.ephemeral).toBe(true)
  expect(footersOf(reply.message)).toEqual([
    `1–10 of ${all.length}, newest first · All time · Complete since 10 Oct 2026 · Times in UTC`,
  ])
})

test('public: true shows the reply to everyone', async () => {
  const { moderator } = await openCustos({ days: 2 })
  const reply = await moderator.command('audit recent', { public: true })
  expect(reply.ephemeral).toBe(false)
})

test('each line says what was done, by whom, to whom, when, why and how often', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [member, channel] = [town.members[0]?.id ?? '', town.channels[1] ?? '']
  members.kick(actor(0), member, 'Spam, *again*')
  for (let count = 0; count < 3; count++) messages.deleteMessage(actor(1), channel, member)
  members.bulkBan(actor(2), [member])
  await moderator.command('audit status')
  const { message } = await moderator.command('audit recent')
  const now = `<t:${clock.now() / 1000}:R>`
  expect(textOf(message).split('\n').slice(1, -1)).toEqual([
    '-# Discord does not say who made 1 of 3 entries.',
    '**Tue 24 Nov**',
    `1. 🔨 Somebody unknown banned <@${member}> (marble) · ${now}`,
    `2. 🗑️ <@${actor(1).actorId}> deleted 3 messages by <@${member}> (marble) in <#${channel}> · ${now}`,
    `3. 👢 <@${actor(0).actorId}> kicked <@${member}> (marble) · ${now}`,
    '> Spam, \\*again\\*',
  ])
})

test('a guild without entries gets a sentence that says so', async () => {
  const { moderator } = await openCustos()
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('No entries were found. The whole archive was searched.')
  expect(buttonsOf(message)).toEqual([])
})

test('the footer says what a list is cut off from, and a list of one entry shows no range', async () => {
  const { moderator, town, actor } = await openCustos()
  for (const { id } of town.members.slice(0, 3)) members.kick(actor(0), id)
  const footer = async (options: Record<string, string | number>) =>
    footersOf((await moderator.command('audit recent', options)).message)[0]
  expect(await footer({ limit: 1000 })).toMatch(/^1–3 of 3, newest first · /)
  expect(await footer({ limit: 2 })).toMatch(/^The 2 newest of 3 · /)
  expect(await footer({ limit: 2, order: 'oldest' })).toMatch(/^The 2 oldest of 3 · /)
  expect(await footer({ limit: 1 })).toMatch(/^The newest of 3 · /)
})

/** Entries that differ in everything an option can filter by, an hour apart. */
function variedWeek({ town, actor, clock }: OpenCustos): void {
  const [first = '', second = ''] = town.channels
  const member = (index: number) => town.members[index]?.id ?? ''
  for (const act of [
    () => members.kick(actor(0), member(0), 'Spam'),
    () => members.kick(actor(1), member(1), 'Flooding'),
    () => members.ban(actor(0), member(0), 'SPAM again'),
    () => members.timeout(actor(1), member(2), clock.now() + DAY),
    () => members.setNickname(actor(1), member(2), 'Quiet one'),
    () => messages.deleteMessage(actor(0), first, member(1)),
    () => messages.bulkDelete(actor(1), second, 12),
    () => threads.createThread(actor(2), second, 'A thread'),
    () => channels.updateChannel(actor(0), first, { rate_limit_per_user: 5 }),
    () => members.addRoles(actor(2), member(3), [town.roles.trusted.id]),
  ]) {
    act()
    clock.advance(HOUR)
  }
}

type Wanted = (entry: LogEntry, town: Town) => boolean
type Typed = (town: Town) => Record<string, string | number>

const member = (town: Town, index: number) => town.members[index]?.id ?? ''
const moderatorId = (town: Town, index: number) => town.moderators[index]?.id ?? ''
const ofTypes =
  (...types: number[]) =>
  ({ action_type }: LogEntry) =>
    types.includes(action_type ?? -1)

const OPTIONS: readonly (readonly [option: string, Typed, Wanted])[] = [
  ['by', (town) => ({ by: moderatorId(town, 1) }), (entry, town) => entry.user_id === moderatorId(town, 1)],
  ['on, an id', (town) => ({ on: member(town, 0) }), (entry, town) => entry.target_id === member(town, 0)],
  [
    'on, a mention',
    (town) => ({ on: `<@${member(town, 0)}>` }),
    (entry, town) => entry.target_id === member(town, 0),
  ],
  ['on, a name', () => ({ on: 'marble' }), (entry, town) => entry.target_id === member(town, 0)],
  [
    'on, the name of a channel',
    () => ({ on: '#general' }),
    (entry, town) => entry.target_id === town.channels[0],
  ],
  ['action, one of them', () => ({ action: 'Member Kick' }), ofTypes(20)],
  ['action, a group', () => ({ action: 'Bans & kicks' }), ofTypes(20, 22)],
  ['action, a category', () => ({ action: 'updated' }), ofTypes(11, 24, 25)],
  ['action, in any case', () => ({ action: 'member ban add' }), ofTypes(22)],
  [
    'action, what Discord does not tell apart',
    () => ({ action: 'Timeouts' }),
    ({ changes }) => JSON.stringify(changes)?.includes('communication_disabled_until') ?? false,
  ],
  [
    'channel, where it was done or what it was done to',
    (town) => ({ channel: town.channels[0] ?? '' }),
    (entry, town) => entry.options?.channel_id === town.channels[0] || entry.target_id === town.channels[0],
  ],
  ['reason, in any case', () => ({ reason: 'spam' }), ({ reason }) => /spam/i.test(reason ?? '')],
  [
    'several at once',
    (town) => ({ by: moderatorId(town, 0), action: 'Bans & kicks', reason: 'spam', on: member(town, 0) }),
    (entry, town) => ofTypes(20, 22)(entry) && entry.user_id === moderatorId(town, 0),
  ],
]

test('each option narrows the list', async () => {
  const here = await openCustos()
  variedWeek(here)
  const { moderator, town } = here
  for (const [option, values, wanted] of OPTIONS) {
    const { message } = await moderator.command('audit recent', values(town))
    const expected = newestFirst(town).filter((entry) => wanted(entry, town))
    expect(expected.length, option).toBeGreaterThan(0)
    expect(entryIdsOf(message), option).toEqual(idsOf(expected))
  }
})

test('since and until limit the list, and an id limits it at exactly that entry', async () => {
  const here = await openCustos()
  variedWeek(here)
  const { moderator, town } = here
  const all = newestFirst(town)
  const ids = async (values: Record<string, string>) =>
    entryIdsOf((await moderator.command('audit recent', values)).message)
  expect(await ids({ since: '3h' })).toEqual(idsOf(all.slice(0, 3)))
  expect(await ids({ until: '8h' })).toEqual(idsOf(all.slice(8)))
  expect(await ids({ since: '9h30m', until: '7h30m' })).toEqual(idsOf(all.slice(7, 9)))
  expect(await ids({ since: all[4]?.id ?? '', until: all[0]?.id ?? '' })).toEqual(idsOf(all.slice(1, 4)))
})

test('order: oldest starts with the oldest', async () => {
  const { moderator, town } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent', { order: 'oldest' })
  expect(entryIdsOf(message)).toEqual(idsOf(town.guild.log.since().slice(0, 10)))
})

test('Next and Previous page through the whole list, each entry once', async () => {
  const { moderator, town } = await openCustos({ days: 2 })
  const all = idsOf(newestFirst(town))
  const { message } = await moderator.command('audit recent')
  const pages = [entryIdsOf(message)]
  while (buttonsOf(message).find(({ label }) => label === 'Next')?.disabled === false) {
    await moderator.click(message, 'Next')
    pages.push(entryIdsOf(message))
  }
  expect(pages.flat()).toEqual(all)
  for (const page of pages.reverse().slice(1)) {
    await moderator.click(message, 'Previous')
    expect(entryIdsOf(message)).toEqual(page)
  }
  expect(buttonsOf(message).slice(0, 2)).toEqual([
    { label: 'Previous', disabled: true },
    { label: 'Next', disabled: false },
  ])
})

test('limit caps the whole list', async () => {
  const { moderator, town } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent', { limit: 12 })
  const all = idsOf(newestFirst(town))
  expect(entryIdsOf(message)).toEqual(all.slice(0, 10))
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toEqual(all.slice(10, 12))
  expect(footersOf(message)[0]).toMatch(/^11–12 of the 12 newest of \d+ · /)
  expect(buttonsOf(message).find(({ label }) => label === 'Next')?.disabled).toBe(true)
})

test('the list does not change while new entries arrive', async () => {
  const { moderator, town, actor, clock } = await openCustos({ days: 3 })
  const all = newestFirst(town)
  const { message } = await moderator.command('audit recent')
  clock.advance(HOUR)
  for (let count = 0; count < 15; count++) members.kick(actor(0), town.members[count]?.id ?? '')
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toEqual(idsOf(all.slice(10, 20)))
  await moderator.click(message, 'Previous')
  expect(entryIdsOf(message)).toEqual(idsOf(all.slice(0, 10)))
})

test('Next and Previous work after a restart', async () => {
  const { moderator, town, restart } = await openCustos({ days: 3 })
  const { message } = await moderator.command('audit recent', { action: 'Deletes' })
  await restart()
  await moderator.click(message, 'Next')
  const deletes = newestFirst(town).filter(ofTypes(72, 73))
  expect(entryIdsOf(message)).toEqual(idsOf(deletes.slice(10, 20)))
})

test('choosing an entry shows it in a new message, and the list stays', async () => {
  const { moderator, town, actor } = await openCustos()
  const target = town.members[4]?.id ?? ''
  members.timeout(actor(1), target, Date.UTC(2026, 10, 25), 'Cool down')
  const list = await moderator.command('audit recent', { public: true })
  const before = textOf(list.message)
  const [id = ''] = entryIdsOf(list.message)
  const chosen = await moderator.choose(list.message, id)
  expect(chosen.message).not.toBe(list.message)
  expect(chosen.ephemeral).toBe(true)
  const shown = textOf(chosen.message)
  for (const part of ['Member Timeout', `<@${actor(1).actorId}>`, `<@${target}>`, 'Cool down', id]) {
    expect(shown).toContain(part)
  }
  expect(textOf(list.message)).toBe(before)
})

test('text from members is escaped: no mention, no markdown, no line break', async () => {
  const { moderator, town, actor } = await openCustos()
  const reason = '@everyone <@123456789012345678> **bold**\n# title [x](https://evil.example) \u202Egnp.exe'
  members.kick(actor(0), town.members[0]?.id ?? '', reason)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain(
    '> \\@everyone \\<\\@123456789012345678\\> \\*\\*bold\\*\\* \\# title \\[x\\]\\(https\\://evil.example\\) gnp.exe',
  )
})

test('ten entries with the longest reasons fit a message', async () => {
  const { moderator, town, actor } = await openCustos()
  for (const { id } of town.members.slice(0, 10)) members.kick(actor(0), id, '*'.repeat(512))
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)).toHaveLength(10)
  expect(textOf(message)).toContain('…')
})
