import { expect, test } from 'vitest'
import * as messages from '../../../sandbox/actions/messages.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { isDelete, messagesIn, ranked } from '../../support/entries/truth.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** The deletes of the last so many days, newest first. */
function deletesOf({ town, clock }: OpenCustos, days: number): LogEntry[] {
  const entries = town.guild.log.since(clock.now() - days * DAY)
  return entries.filter(isDelete).reverse()
}

test('every number equals a plain count over the log', async () => {
  const here = await openCustos({ days: 20, perDay: 40 })
  const { message } = await here.moderator.command('audit deletes')
  const entries = deletesOf(here, 7)
  const singles = entries.filter(({ action_type }) => action_type === 72)
  const bulk = messagesIn(entries) - messagesIn(singles)
  expect(fieldOf(message, 'Messages deleted')).toBe(`${messagesIn(entries)}\n${bulk} of them in bulk`)
  expect(fieldOf(message, 'Log entries')).toBe(String(entries.length))
  const by = (keyOf: (entry: LogEntry) => string | null | undefined, mark: '@' | '#', those = entries) =>
    ranked(
      those,
      (entry) => keyOf(entry) ?? '',
      (id) => `<${mark}${id}>`,
    ).join(' · ')
  expect(fieldOf(message, 'By moderator')).toBe(by(({ user_id }) => user_id, '@'))
  expect(fieldOf(message, 'By channel')).toBe(
    by(
      ({ action_type, options, target_id }) => (action_type === 73 ? target_id : String(options?.channel_id)),
      '#',
    ),
  )
  // A member who may have left is shown with their name.
  expect(fieldOf(message, 'By author')?.replaceAll(/ \(.+\)(?= \*\*)/g, '')).toBe(
    `${by(({ target_id }) => target_id, '@', singles)} · *bulk deletes not included*`,
  )
  expect(entryIdsOf(message)).toEqual(entries.slice(0, 10).map(({ id }) => id))
})

test('messages deleted after the event of their entry are counted', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [channel = ''] = town.channels
  const author = town.members[0]?.id ?? ''
  messages.deleteMessage(actor(0), channel, author)
  const first = await moderator.command('audit deletes')
  expect(fieldOf(first.message, 'Messages deleted')).toBe('1')
  clock.advance(4 * MINUTE)
  for (let count = 0; count < 6; count++) messages.deleteMessage(actor(0), channel, author)
  const second = await moderator.command('audit deletes')
  expect(fieldOf(second.message, 'Messages deleted')).toBe('7')
  expect(fieldOf(second.message, 'Log entries')).toBe('1')
  expect(fieldOf(second.message, 'By moderator')).toBe(`<@${actor(0).actorId}> **7**`)
})

test('deletes of one’s own messages and single deletes by bots are not in Discord’s log, and not counted', async () => {
  const { moderator, town, actor } = await openCustos()
  const [channel = ''] = town.channels
  messages.deleteMessage(actor(0), channel, actor(0).actorId)
  messages.deleteMessage(actor(10), channel, town.members[0]?.id ?? '')
  messages.bulkDelete(actor(10), channel, 40)
  const { message } = await moderator.command('audit deletes')
  expect(fieldOf(message, 'Messages deleted')).toBe('40\nall of them in bulk')
  expect(fieldOf(message, 'By author')).toBe('none · *bulk deletes not included*')
})

/** Deletes by two moderators, in two channels, of two authors and in bulk, so that each option excludes some. */
function threeDeletes({ town, actor }: OpenCustos) {
  const [general = '', help = ''] = town.channels
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  messages.deleteMessage(actor(0), general, marble)
  messages.deleteMessage(actor(0), general, marble)
  messages.deleteMessage(actor(1), help, quill)
  messages.bulkDelete(actor(1), general, 10)
  return { general, marble, alice: actor(0).actorId, bruno: actor(1).actorId }
}

test('by, channel and author narrow the count', async () => {
  const here = await openCustos()
  const ids = threeDeletes(here)
  for (const [option, who, expected] of [
    ['by', 'alice', 2],
    ['by', 'bruno', 11],
    ['channel', 'general', 12],
    ['author', 'marble', 2],
  ] as const) {
    const { message } = await here.moderator.command('audit deletes', { [option]: ids[who] })
    expect(numberIn(fieldOf(message, 'Messages deleted')), `${option}: ${who}`).toBe(expected)
  }
})

test('author names whose messages were counted, and says that bulk deletes have no author', async () => {
  const here = await openCustos()
  const { marble, alice } = threeDeletes(here)
  const { message } = await here.moderator.command('audit deletes', { author: marble, by: alice })
  expect(textOf(message)).toContain(
    `by <@${alice}> · messages by <@${marble}>, without bulk deletes: Discord does not record their authors\n`,
  )
  const nobody = here.town.members[9]?.id ?? ''
  const none = await here.moderator.command('audit deletes', { author: nobody })
  expect(textOf(none.message)).toContain(`messages by <@${nobody}>`)
  expect(textOf(none.message)).toContain('Try an earlier `since` or leaving out `author`.')
})

test('since and until limit the count; the default is seven days', async () => {
  const here = await openCustos({ days: 30, perDay: 30 })
  const counted = async (values: Record<string, string>) =>
    numberIn(fieldOf((await here.moderator.command('audit deletes', values)).message, 'Messages deleted'))
  const within = (days: number) => messagesIn(deletesOf(here, days))
  expect(await counted({})).toBe(within(7))
  expect(await counted({ since: '20d' })).toBe(within(20))
  expect(await counted({ since: '20d', until: '5d' })).toBe(within(20) - within(5))
})

test('no deletes gives zero, and says what to try', async () => {
  const { moderator } = await openCustos()
  const { message } = await moderator.command('audit deletes', { since: '1h' })
  expect(fieldOf(message, 'Messages deleted')).toBe('0')
  expect(fieldOf(message, 'By moderator')).toBe('none')
  expect(textOf(message)).toContain('No entries were found. Try an earlier `since`')
})

test('public: true shows the reply to everyone, with window and coverage in the footer', async () => {
  const { moderator } = await openCustos({ days: 3 })
  const reply = await moderator.command('audit deletes', { public: true, since: '2026-11-20' })
  expect(reply.ephemeral).toBe(false)
  expect(footersOf(reply.message)[0]).toMatch(
    /^1–10 of \d+, newest first · Since 20 Nov 2026, 00:00 UTC · Complete since 10 Oct 2026$/,
  )
})
