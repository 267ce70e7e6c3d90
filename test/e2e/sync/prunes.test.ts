import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'

/** Bruno prunes 2,412 members, for which Discord writes three entries, and kicks one. */
function pruneMany({ actor, town }: OpenCustos): readonly [LogEntry, LogEntry, LogEntry] {
  const { guild } = town
  members.kick(actor(1), town.members[0]?.id ?? '')
  members.prune(actor(1), 30, 2412)
  const [first, second, third] = guild.log.since().filter(({ action_type }) => action_type === 21)
  if (!first || !second || !third) throw new Error('A prune of 2,412 members is three entries.')
  return [first, second, third]
}

test.each([
  ['received live', async (here: OpenCustos) => pruneMany(here)],
  [
    'read from the log',
    async (here: OpenCustos) => {
      await here.stopBot()
      const prune = pruneMany(here)
      await here.startBot()
      return prune
    },
  ],
])('a large prune that is %s counts as one action by the moderator who pruned', async (_, happen) => {
  const here = await openCustos()
  const { moderator, actor } = here
  const [first, second, third] = await happen(here)
  const bruno = actor(1).actorId

  const activity = await moderator.command('audit activity')
  expect(textOf(activity.message)).toContain('2 actions by 1 moderator')
  expect(textOf(activity.message)).not.toContain('by unknown')
  const user = await moderator.command('audit user', { user: bruno })
  expect(fieldOf(user.message, 'Actions')).toBe('2')
  expect(fieldOf(user.message, 'By action')).toBe('👢 Member Kick **1** · ✂️ Member Prune **1**')
  for (const { user_id } of [second, third]) {
    const { message } = await moderator.command('audit user', { user: user_id ?? '' })
    expect(fieldOf(message, 'Actions')).toBe('0')
  }

  const recent = await moderator.command('audit recent', { action: 'Member Prune' })
  expect(footersOf(recent.message)[0]).toMatch(/^1–3 of 3, /)
  const part = /✂️ More members were removed in the same prune, inactive for 30 days · /g
  expect(textOf(recent.message).match(part)).toHaveLength(2)
  expect(textOf(recent.message)).toContain(
    `✂️ <@${bruno}> pruned 1,000 or more members, inactive for 30 days · `,
  )
  for (const { user_id } of [second, third]) expect(textOf(recent.message)).not.toContain(user_id)
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Entries held')).toBe('4')

  const { message } = await moderator.command('audit export', { format: 'json', action: '21' })
  const exported = JSON.parse(new TextDecoder().decode(message.files[0]?.bytes))
  expect(exported).toMatchObject(
    [first, second, third].map(({ id, user_id, options }) => ({
      id,
      executor_id: user_id,
      action: 'Member Prune',
      action_type: 21,
      options,
    })),
  )
})

test('the details of a part of a prune say that Discord names a pruned member for it', async () => {
  const here = await openCustos()
  const [first, , third] = pruneMany(here)
  const { message } = await here.moderator.command('audit entry', { id: third.id })
  expect(textOf(message)).toContain(
    'More members were removed in the same prune, inactive for 30 days\n\n' +
      'Discord splits a large prune into one entry per 1,000 members. Only the first names who did it. ' +
      `The others name a pruned member, here <@${third.user_id}>, and a wrong number.`,
  )
  expect(fieldOf(message, 'By')).toBe('whoever started the prune')
  expect(fieldOf(message, 'Details')).toBe('inactive for: 30 days')
  const whole = await here.moderator.command('audit entry', { id: first.id })
  expect(fieldOf(whole.message, 'By')).toContain(here.actor(1).actorId)
  expect(fieldOf(whole.message, 'Details')).toBe('inactive for: 30 days\nmembers removed: 1,000 or more')
})

test('a prune right after a large one counts if its executor was active in those days', async () => {
  const { moderator, actor, town, clock } = await openCustos()
  members.kick(actor(2), town.members[0]?.id ?? '')
  clock.advance(86_400_000)
  members.prune(actor(1), 7, 2412)
  members.prune(actor(2), 7, 1500)
  const { message } = await moderator.command('audit activity')
  expect(textOf(message)).toContain('3 actions by 2 moderators')
})

test('a prune right after a large one counts if its executor moderates within a day', async () => {
  const { moderator, actor, town, clock } = await openCustos()
  const chidi = actor(2).actorId
  members.prune(actor(1), 7, 1500)
  clock.advance(120_000)
  members.prune(actor(2), 7, 40)
  const before = await moderator.command('audit user', { user: chidi })
  expect(fieldOf(before.message, 'Actions')).toBe('0')
  clock.advance(60_000)
  for (const { id } of town.members.slice(0, 5)) members.kick(actor(2), id)
  const { message } = await moderator.command('audit user', { user: chidi })
  expect(fieldOf(message, 'By action')).toBe('👢 Member Kick **5** · ✂️ Member Prune **1**')
  const activity = await moderator.command('audit activity')
  expect(textOf(activity.message)).toContain('7 actions by 2 moderators')
})

test('a small prune, or one much later, counts', async () => {
  const { moderator, actor, clock } = await openCustos()
  members.prune(actor(1), 7, 12)
  clock.advance(60_000)
  members.prune(actor(2), 7, 1500)
  clock.advance(60_000)
  members.prune(actor(2), 7, 3)
  clock.advance(3_600_000)
  members.prune(actor(3), 7, 40)
  const { message } = await moderator.command('audit activity')
  expect(textOf(message)).toContain('4 actions by 3 moderators')
})
