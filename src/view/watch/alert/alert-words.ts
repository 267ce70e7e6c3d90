import { AuditLogEvent } from 'discord-api-types/v10'
import { automaticActor } from '../../../core/audit-log/action.ts'
import { Kind } from '../../../core/audit-log/kind.ts'
import { timeOf } from '../../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../../core/text/numbers.ts'
import { inRoundWords, inWords } from '../../../core/time/duration.ts'
import { MINUTE, SECOND } from '../../../core/time/units.ts'
import { nameOfRule } from '../../../core/watch/alerts/actions.ts'
import type { BurstRange } from '../../../core/watch/alerts/bursts.ts'
import type { Alert } from '../../../core/watch/watch.ts'

type Noun = readonly [one: string, many: string]

const MESSAGES: Noun = ['message deleted', 'messages deleted']
const ACTIONS: Noun = ['action', 'actions']

/** What so many units of a kind are called. */
const NOUNS: ReadonlyMap<number, Noun> = new Map<number, Noun>([
  [AuditLogEvent.MemberKick, ['kick', 'kicks']],
  [AuditLogEvent.MemberPrune, ['member pruned', 'members pruned']],
  [AuditLogEvent.MemberBanAdd, ['ban', 'bans']],
  [AuditLogEvent.MemberBanRemove, ['unban', 'unbans']],
  [Kind.Timeout, ['timeout', 'timeouts']],
  [AuditLogEvent.MemberMove, ['member moved', 'members moved']],
  [AuditLogEvent.MemberDisconnect, ['member disconnected', 'members disconnected']],
  [AuditLogEvent.BotAdd, ['bot added', 'bots added']],
  [AuditLogEvent.ChannelCreate, ['channel created', 'channels created']],
  [AuditLogEvent.ChannelDelete, ['channel deleted', 'channels deleted']],
  [AuditLogEvent.RoleCreate, ['role created', 'roles created']],
  [AuditLogEvent.RoleDelete, ['role deleted', 'roles deleted']],
  [AuditLogEvent.WebhookCreate, ['webhook made', 'webhooks made']],
  [AuditLogEvent.MessageDelete, MESSAGES],
  [AuditLogEvent.MessageBulkDelete, MESSAGES],
])

/** Kinds that are named together. */
const TOGETHER: readonly (readonly [kinds: readonly number[], noun: Noun])[] = [
  [[AuditLogEvent.MessageDelete, AuditLogEvent.MessageBulkDelete], MESSAGES],
  [
    [AuditLogEvent.MemberKick, AuditLogEvent.MemberPrune, AuditLogEvent.MemberBanAdd],
    ['ban or kick', 'bans & kicks'],
  ],
  [
    [AuditLogEvent.ChannelDelete, AuditLogEvent.RoleDelete],
    ['channel or role deleted', 'channels and roles deleted'],
  ],
]

/** How many of what: `12 bans`, `340 messages deleted`, `8 actions`. */
export function amountOf(units: number, kinds: Iterable<number>, isCut = false): string {
  const [one, many] = nounOf([...kinds])
  return isCut ? `More than ${pluralize(units, one, many)}` : pluralize(units, one, many)
}

function nounOf(kinds: readonly number[]): Noun {
  const [first, ...others] = kinds
  if (first !== undefined && others.length === 0) return NOUNS.get(first) ?? ACTIONS
  return TOGETHER.find(([those]) => kinds.every((kind) => those.includes(kind)))?.[1] ?? ACTIONS
}

/** How long a burst took, with a space before it: ` in 40 seconds`. Empty if it took no time. */
export function duringOf({ from, to }: Pick<BurstRange, 'from' | 'to'>): string {
  const seconds = Math.round((timeOf(to) - timeOf(from)) / SECOND)
  if (seconds < 1) return ''
  return ` in ${seconds < MINUTE / SECOND ? inWords(seconds) : inRoundWords(seconds)}`
}

/** Who did what nobody is named for: AutoMod or Discord, if they did all of it. */
export function nobodyIn(kinds: Iterable<number>): string {
  const [actor, ...others] = new Set([...kinds].map((kind) => automaticActor(kind)))
  return actor !== undefined && others.length === 0 ? actor : 'somebody unknown'
}

const PER: Readonly<Record<Alert['per'], string>> = {
  moderator: 'by one moderator',
  target: 'on one target',
  server: 'in the whole server',
}

/** How often in which time makes a burst: `200 within 5 minutes by one moderator`. */
export function oftenInWords({ count, within, per }: Pick<Alert, 'count' | 'within' | 'per'>): string {
  return `${formatNumber(count)} within ${inWords(within / SECOND)} ${PER[per]}`
}

/** What an alert waits for, as plain text: `Mass deletes: 200 within 5 minutes by one moderator`. */
export function ruleInWords(alert: Alert): string {
  return alert.count > 1 ? `${nameOfRule(alert)}: ${oftenInWords(alert)}` : nameOfRule(alert)
}
