import { AuditLogEvent } from 'discord-api-types/v10'
import { AUTOMATIC_KINDS } from '../../audit-log/action.ts'
import { Kind } from '../../audit-log/kind.ts'
import { type Filter, isAmong, type Kinds } from '../../query/filter.ts'
import type { Snowflake } from '../../snowflake.ts'
import type { CountedEntry } from '../arrival.ts'
import { PRESET_RULES } from '../presets.ts'
import type { Alert } from '../watch.ts'
import type { CountedAction } from './bursts.ts'

/** An action that an alert counts. */
export interface AlertAction extends CountedAction {
  readonly kind: number
  /** Who did it, themselves or through a bot; null if Discord does not say, or if nobody did. */
  readonly actorId: Snowflake | null
  readonly targetId: string | null
}

/** Kinds whose executor is not who acted. */
const WITHOUT_ACTOR: ReadonlySet<number> = new Set([...AUTOMATIC_KINDS, Kind.PrunePart])

/** What an alert counts of an entry; undefined if it counts by target and the entry has none. */
export function actionOfEntry(entry: CountedEntry, per: Alert['per']): AlertAction | undefined {
  const { id, kind, executorId, onBehalfOfId, targetId, units } = entry
  const actorId = WITHOUT_ACTOR.has(kind) ? null : (onBehalfOfId ?? executorId)
  if (per === 'target' && targetId === null) return undefined
  const key = per === 'moderator' ? actorId : per === 'target' ? targetId : null
  return { id, kind, key, actorId, targetId, units }
}

/** The kinds that an alert counts. */
export function kindsOfAlert({ rule }: Pick<Alert, 'rule'>): Kinds {
  return rule.type === 'actions' ? rule.kinds : PRESET_RULES[rule.preset].kinds
}

/** The entries among which an alert's are. */
export function filterOfAlert(alert: Pick<Alert, 'rule'>): Filter {
  return { kinds: kindsOfAlert(alert) }
}

/** What an alert is about, as its member chose it: `Mass deletes`, `Member Kick, Timeouts`. */
export function nameOfRule({ rule }: Pick<Alert, 'rule'>): string {
  return rule.type === 'actions' ? rule.names : PRESET_RULES[rule.preset].label
}

/** Whether an alert warns that the log cannot be read, instead of counting entries. */
export function isAboutReading({ rule }: Pick<Alert, 'rule'>): boolean {
  return rule.type === 'preset' && rule.preset === 'log unreadable'
}

/** Whether an alert counts prunes, whose entries say how many members were removed. */
export function countsPrunes(alert: Pick<Alert, 'rule'>): boolean {
  return isAmong(AuditLogEvent.MemberPrune, kindsOfAlert(alert))
}
