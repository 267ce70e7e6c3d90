import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { choicesOf } from '../../../sandbox/member-client/components.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../../support/read.ts'

const MINUTE = 60_000

/** Adds an entry by the first moderator to the log. Returns its id. */
function log(
  { discord, town, actor }: OpenCustos,
  fields: Partial<LogEntry> & Pick<LogEntry, 'action_type'>,
): string {
  const id = discord.world.newId()
  discord.world.log(town.guild, { id, user_id: actor(0).actorId, target_id: null, ...fields })
  return id
}

test('a late entry about a new topic does not rename a channel', async () => {
  const here = await openCustos()
  const { moderator, town, clock } = here
  const [channel = ''] = town.channels
  clock.advance(MINUTE)
  log(here, {
    action_type: AuditLogEvent.ChannelUpdate,
    target_id: channel,
    changes: [{ key: 'topic', new_value: 'A brand new topic' }],
  })
  const { message } = await moderator.command('audit target', { on: 'general' })
  expect(fieldOf(message, 'Actions')).toBe('1')
  expect(choicesOf(message)[0]?.description).toBe(
    '@Alice changed the channel #general (topic: none → A brand new topic)',
  )
  expect(await moderator.autocomplete('audit recent', 'on', 'brand new')).toEqual([])
})

test('an entry without a target is about the channel its options name', async () => {
  const here = await openCustos()
  const { moderator, town, actor } = here
  const [channel = ''] = town.channels
  const options = { channel_id: channel }
  log(here, {
    action_type: AuditLogEvent.ChannelOverwriteUpdate,
    options: { ...options, id: town.roles.muted.id, type: '0', role_name: 'Muted' },
    changes: [{ key: 'deny', old_value: '0', new_value: '2048' }],
  })
  log(here, { action_type: 192, options: { ...options, status: 'Reading' } })
  log(here, { action_type: 193, options })

  const { message } = await moderator.command('audit recent', { channel })
  const by = `<@${actor(0).actorId}>`
  expect(footersOf(message)[0]).toMatch(/^1–3 of 3, /)
  expect(textOf(message)).toContain(`${by} cleared the voice status of <#${channel}> ·`)
  expect(textOf(message)).toContain(`${by} set the voice status of <#${channel}>: **Reading** ·`)
  expect(textOf(message)).toContain(
    `${by} changed permissions for <@&${town.roles.muted.id}> in <#${channel}> (denied Send Messages) ·`,
  )
  const chosen = await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(fieldOf(chosen.message, 'Channel')).toBe(`<#${channel}>`)
})

test('a timeout that ends in the past is shown and counted as lifted', async () => {
  const here = await openCustos()
  const { moderator, town, actor, clock } = here
  const [member = '', other = ''] = town.members.map(({ id }) => id)
  members.timeout(actor(0), member, clock.now() + 10 * MINUTE)
  members.timeout(actor(0), member, clock.now() - 10 * MINUTE)
  members.timeout(actor(0), other, clock.now() - MINUTE)

  const { message } = await moderator.command('audit recent', { action: 'Timeouts' })
  expect(textOf(message).match(/timed out <@|lifted the timeout of <@/g)).toEqual([
    'lifted the timeout of <@',
    'lifted the timeout of <@',
    'timed out <@',
  ])
  const entry = await moderator.choose(message, entryIdsOf(message)[1] ?? '')
  const [until, ended] = [clock.now() + 10 * MINUTE, clock.now() - 10 * MINUTE].map((time) => time / 1000)
  expect(textOf(entry.message)).toContain(`• timeout: until <t:${until}:f> → ended <t:${ended}:f>`)

  const { message: acts } = await moderator.command('audit user', { user: actor(0).actorId })
  expect(fieldOf(acts, 'By action')).toBe('⌛ Member Timeout Remove **2** · ⏳ Member Timeout **1**')
})

test('actions that only the unofficial documentation lists are shown by name', async () => {
  const here = await openCustos({ oddEntries: true })
  for (const action_type of [194, 210, 212, 213]) log(here, { action_type })
  const { message } = await here.moderator.command('audit recent', { action: 'Server' })
  expect(choicesOf(message).map(({ label }) => String(label).replace(/^\d\. | · .*$/g, ''))).toEqual([
    'Guild Migrate Bypass Slowmode Permission',
    'Guild Migrate Pin Permission',
    'Guild Member Verification Update',
    'Clyde AI Profile Update',
  ])
})
