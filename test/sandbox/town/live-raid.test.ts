import { AuditLogEvent as Type } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { liveRaid } from '../../../sandbox/town/live-raid.ts'
import { Random } from '../../../sandbox/town/random.ts'
import { moderatorId } from '../../../sandbox/town/town.ts'
import { openDiscord } from '../../support/open-discord.ts'

/** A raid, after it has happened. */
async function raided() {
  const here = await openDiscord()
  const steps = liveRaid(here.town, new Random(1))
  let passed = 0
  for (const { at, run } of steps) {
    here.clock.advance(at - passed)
    passed = at
    run()
  }
  const log = here.town.guild.log.since()
  return { ...here, steps, log, ofType: (type: Type) => log.filter((entry) => entry.action_type === type) }
}

test('a raid takes a minute, and its events arrive while it goes on', async () => {
  const { steps } = await raided()
  const times = steps.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect([times[0], times.at(-1)]).toEqual([0, 58_000])
})

test('every account that joins is banned, by two moderators', async () => {
  const { ofType, town } = await raided()
  const bans = ofType(Type.MemberBanAdd)
  expect(bans.length).toBe(ofType(Type.AutoModerationBlockMessage).length)
  expect(new Set(bans.map(({ user_id }) => user_id))).toEqual(
    new Set([moderatorId(town, 'chidi'), moderatorId(town, 'fuyuko')]),
  )
  expect(bans.every(({ target_id }) => !town.guild.members.has(target_id ?? ''))).toBe(true)
})

test('messages are deleted in bulk and one by one, which Discord folds', async () => {
  const { ofType } = await raided()
  expect(ofType(Type.MessageBulkDelete)).toHaveLength(1)
  const counts = ofType(Type.MessageDelete).map(({ options }) => Number(options?.count))
  expect([counts.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([3, 12])
})

test('a taken-over account gives out Administrator, and what it made is undone', async () => {
  const { ofType, town } = await raided()
  const ivan = moderatorId(town, 'ivan')
  const made = [Type.RoleCreate, Type.RoleUpdate, Type.ChannelCreate, Type.WebhookCreate]
  expect(made.flatMap((type) => ofType(type)).map(({ user_id }) => user_id)).toEqual(made.map(() => ivan))
  expect(JSON.stringify(ofType(Type.RoleUpdate))).toContain('"new_value":"8"')
  expect([ofType(Type.RoleDelete), ofType(Type.ChannelDelete), ofType(Type.WebhookDelete)]).toMatchObject(
    Array(3).fill([{ user_id: moderatorId(town, 'alice') }]),
  )
  expect(town.guild.members.get(ivan)?.roles).toEqual([town.roles.moderator.id])
})

test('it can happen again', async () => {
  const { town, log } = await raided()
  for (const { run } of liveRaid(town, new Random(2))) run()
  expect(town.guild.log.since().length).toBeGreaterThan(log.length * 1.5)
})
