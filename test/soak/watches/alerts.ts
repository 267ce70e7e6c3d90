import { AuditLogEvent, PermissionFlagsBits as May } from 'discord-api-types/v10'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import { countOf, isDelete } from '../../support/entries/truth.ts'
import { isPrunePart } from '../../support/faulty-history.ts'
import { type AlertRule, judgeAlert } from './judge-alert.ts'
import type { LogChannels } from './log-channels.ts'
import type { WatchSpec } from './watch-spec.ts'

const MINUTE = 60_000

const DANGEROUS =
  May.Administrator |
  May.ManageGuild |
  May.ManageRoles |
  May.ManageChannels |
  May.BanMembers |
  May.KickMembers |
  May.ManageWebhooks |
  May.MentionEveryone

interface AlertOfGuild extends AlertRule {
  readonly values: WatchSpec['values']
}

/** The alerts of a guild: ready rules and one's own, by moderator, target and server. */
export function alertsOf(town: Town, { first, second }: LogChannels): WatchSpec[] {
  const by = ({ user_id }: LogEntry) => user_id ?? undefined
  const nobody = () => undefined
  const isBan = ({ action_type }: LogEntry) => action_type === AuditLogEvent.MemberBanAdd
  const alerts: readonly AlertOfGuild[] = [
    {
      values: { to: first, action: 'Mass bans & kicks' },
      matches: (entry) => isBan(entry) || isKick(entry) || (isPrune(entry) && !isPrunePart(entry, town)),
      units: (entry) => (isPrune(entry) ? Number(entry.options?.members_removed) : 1),
      keyOf: by,
      count: 10,
      within: 5 * MINUTE,
    },
    {
      values: { to: second, action: 'Mass deletes' },
      matches: isDelete,
      units: countOf,
      keyOf: by,
      count: 200,
      within: 5 * MINUTE,
    },
    {
      values: { to: second, action: 'Deletes', count: 30, within: '1h', per: 'server' },
      matches: isDelete,
      units: countOf,
      keyOf: nobody,
      count: 30,
      within: 60 * MINUTE,
    },
    {
      values: { to: first, action: 'Member Ban Add', count: 2, within: '6h', per: 'target' },
      matches: isBan,
      units: () => 1,
      keyOf: ({ target_id }) => target_id ?? undefined,
      count: 2,
      within: 360 * MINUTE,
    },
    {
      values: { to: second, action: 'Dangerous permission given' },
      matches: givesDanger,
      units: () => 1,
      keyOf: by,
      count: 1,
      within: MINUTE,
    },
    {
      values: { to: first, action: 'Bot added' },
      matches: ({ action_type }) => action_type === AuditLogEvent.BotAdd,
      units: () => 1,
      keyOf: by,
      count: 1,
      within: MINUTE,
    },
  ]
  return alerts.map(({ values, ...rule }) => ({
    type: 'alert',
    values,
    judge: (posts, truth) => judgeAlert(posts, rule, truth),
  }))
}

function isKick({ action_type }: LogEntry): boolean {
  return action_type === AuditLogEvent.MemberKick
}

function isPrune({ action_type }: LogEntry): boolean {
  return action_type === AuditLogEvent.MemberPrune
}

/** Whether a role or an overwrite has a dangerous permission that it did not have. Nobody gets a dangerous role here. */
function givesDanger({ changes }: LogEntry): boolean {
  return jsonObjects(changes).some(
    ({ key, old_value, new_value }) =>
      (key === 'permissions' || key === 'allow') &&
      (BigInt(String(new_value ?? 0)) & ~BigInt(String(old_value ?? 0)) & DANGEROUS) !== 0n,
  )
}
