import { expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as resources from '../../../sandbox/actions/resources.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

const DAY = 86_400_000

/** Alice kicks two members and times one out, and three are bulk banned without an executor. */
async function openWithBans(): Promise<
  OpenCustos & { readonly alice: string; readonly ids: readonly string[] }
> {
  const here = await openCustos()
  const { actor, town, clock } = here
  const ids = town.members.map(({ id }) => id)
  members.kick(actor(0), ids[0] ?? '')
  members.kick(actor(0), ids[1] ?? '')
  members.timeout(actor(0), ids[1] ?? '', clock.now() + DAY)
  members.bulkBan(actor(0), ids.slice(1, 4), 'Raid')
  return { ...here, alice: actor(0).actorId, ids }
}

/** What a reply says about entries without an executor. */
const UNNAMED = /Discord does not say who made|more by unknown/

const BESIDE =
  '3 more matching entries are not shown: Discord does not say who made them, so `by` cannot find them.'

test('every total says how many entries have no executor', async () => {
  const { moderator, alice, ids } = await openWithBans()
  const reply = async (command: string, values: Record<string, string | number> = {}) =>
    textOf((await moderator.command(`audit ${command}`, values)).message)

  expect(await reply('recent')).toContain('Discord does not say who made 3 of 6 entries.')
  expect(await reply('recent', { by: alice })).toContain(BESIDE)
  expect(await reply('recent', { action: 'Member Ban Add' })).toContain('who made 3 of 3 entries.')
  expect(await reply('recent', { by: alice, action: 'Bans & kicks' })).toContain(BESIDE)
  expect(await reply('recent', { limit: 2 })).toContain('Discord does not say who made 3 of 6 entries.')
  expect(await reply('target', { on: ids[1] ?? '' })).toContain(
    'Discord does not say who made 1 of 3 entries.',
  )
  expect(await reply('user', { user: alice })).toContain(
    '3 more matching entries are not shown: Discord does not say who made them, so `user` cannot find them.',
  )
  expect(await reply('export')).toContain('Discord does not say who made 3 of 6 entries.')
  expect(await reply('export', { by: alice })).toContain(BESIDE)
  expect(await reply('activity')).toMatch(/^3 actions by 1 moderator\n-# 3 more by unknown users · /)
  expect(await reply('repeats')).toMatch(/\*\*3\*\* times .*\n.* · by <@\d+> 2, unknown 1$/m)
})

test('an empty list reports entries without an executor', async () => {
  const { moderator, ids } = await openWithBans()
  const { message } = await moderator.command('audit recent', { by: ids[9] ?? '' })
  expect(textOf(message)).toContain(`${BESIDE}\nNo entries were found.`)
})

test('nothing is reported if every entry has an executor', async () => {
  const { moderator, alice, ids } = await openWithBans()
  for (const [command, values] of [
    ['recent', { action: 'Member Kick' }],
    ['recent', { by: alice, action: 'Timeouts' }],
    ['recent', { since: '1h', until: '30m' }],
    ['target', { on: ids[0] ?? '' }],
    ['deletes', {}],
    ['export', { reason: 'spam' }],
    ['activity', { since: '2h', until: '1h' }],
  ] as const) {
    const { message } = await moderator.command(`audit ${command}`, values)
    expect(textOf(message), command).not.toMatch(UNNAMED)
  }
})

test('deletes report entries without an executor', async () => {
  const { discord, moderator, town, actor } = await openCustos()
  const [channel_id = ''] = town.channels
  const payload = {
    target_id: town.members[0]?.id ?? '',
    action_type: 72,
    options: { channel_id, count: '4' },
  }
  for (const user_id of [null, actor(1).actorId]) {
    discord.world.log(town.guild, { id: discord.world.newId(), user_id, ...payload })
  }
  const all = await moderator.command('audit deletes')
  expect(fieldOf(all.message, 'Messages deleted')).toBe('8')
  expect(textOf(all.message)).toContain('Discord does not say who made 1 of 2 entries.')
  const by = await moderator.command('audit deletes', { by: actor(1).actorId })
  expect(textOf(by.message)).toContain(
    '1 more matching entry is not shown: Discord does not say who made it, so `by` cannot find it.',
  )
})

test('a quarantine is by AutoMod, not by an unknown executor', async () => {
  const { moderator, town, actor } = await openCustos()
  const [marble = ''] = town.members.map(({ id }) => id)
  automod.quarantine(actor(0), { name: 'Names', trigger: 6 }, marble)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toMatch(/🛡️ AutoMod quarantined <@\d+> .*\(\*\*Names\*\*\) · <t:/)
  expect(textOf(message)).not.toMatch(UNNAMED)
  const entry = await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(fieldOf(entry.message, 'By')).toBe('AutoMod')
})

test('they are reported once if no moderator ever acted', async () => {
  const { moderator, town, actor } = await openCustos()
  members.bulkBan(actor(0), [town.members[0]?.id ?? ''])
  const { message } = await moderator.command('audit activity')
  expect(textOf(message)).toContain(
    'No moderator has acted in this server. Discord does not say who made 1 entry in this time range.',
  )
})

test('repeats counts entries without an executor beside the first moderators', async () => {
  const { moderator, town, actor } = await openCustos()
  const [marble = ''] = town.members.map(({ id }) => id)
  for (let by = 0; by < 5; by++) for (let times = 0; times < 2; times++) members.kick(actor(by), marble)
  members.bulkBan(actor(0), [marble])
  const { message } = await moderator.command('audit repeats')
  expect(textOf(message)).toMatch(
    /\*\*11\*\* times .*\n.* · by <@\d+> 2, <@\d+> 2, unknown 1 \+3\u00A0more$/m,
  )
})

test('a webhook deleted with its own token has no executor', async () => {
  const { discord, moderator, town, actor } = await openCustos()
  const webhook = resources.createResource(actor(1), 'webhook', { name: 'Feed' })
  discord.world.log(town.guild, {
    id: discord.world.newId(),
    user_id: null,
    target_id: webhook,
    action_type: 52,
    changes: [{ key: 'name', old_value: 'Feed' }],
  })
  const { message } = await moderator.command('audit target', { on: 'Feed' })
  expect(fieldOf(message, 'By moderator')).toBe(`<@${actor(1).actorId}> **1** · unknown **1**`)
  expect(textOf(message)).toContain('Discord does not say who made 1 of 2 entries.')
})
