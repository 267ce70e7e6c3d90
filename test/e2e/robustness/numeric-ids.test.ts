import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf } from '../../support/read.ts'

const ROUNDED = 'An entry has a number too large to be exact; the audit log is read again.'

/** A kick by the second moderator. */
function kick({ discord, actor, town }: OpenCustos) {
  return {
    id: discord.world.newId(),
    action_type: 20,
    user_id: actor(1).actorId,
    target_id: town.members[0]?.id ?? '',
  }
}

/** The same with its ids as JSON numbers, which a JavaScript number would round. */
function inNumbers({ id, user_id, target_id, ...rest }: ReturnType<typeof kick>) {
  return { id, ...rest, user_id: JSON.rawJSON(user_id), target_id: JSON.rawJSON(target_id) }
}

test('ids that REST sends as numbers keep every digit', async () => {
  const here = await openCustos({ oddEntries: true })
  await here.log.waitFor(READ)
  const page = { audit_log_entries: [inNumbers(kick(here))], users: [] }
  here.discord.fault = always(AUDIT_LOG, { status: 200, body: JSON.stringify(page) })
  const { message } = await here.moderator.command('audit user', { user: here.actor(1).actorId, since: '1d' })
  expect(fieldOf(message, 'Actions')).toBe('1')
})

test('an event with ids as numbers is logged, and its entry is read by REST', async () => {
  const here = await openCustos({ oddEntries: true })
  const { discord, log, moderator, actor, town } = here
  await log.waitFor(READ)
  const entry = kick(here)
  town.guild.log.add(entry)
  discord.world.emit({
    event: GatewayDispatchEvents.GuildAuditLogEntryCreate,
    guildId: town.guild.id,
    data: { ...inNumbers(entry), guild_id: town.guild.id },
    intent: GatewayIntentBits.GuildModeration,
  })
  await log.waitFor(ROUNDED)
  await log.waitFor(READ, 2)
  discord.fault = always(AUDIT_LOG, { status: 500 })
  const { message } = await moderator.command('audit user', { user: actor(1).actorId, since: '1d' })
  expect(fieldOf(message, 'Actions')).toBe('1')
  expect(footersOf(message)[0]).toContain('Complete since')
})
