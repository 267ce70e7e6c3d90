import { doneByItself } from '../audit-log/action.ts'
import type { Entry } from '../audit-log/entry.ts'
import { maxId, type Snowflake } from '../snowflake.ts'
import type { NameObservation } from './named-entity.ts'

/**
 * The users who were members when some entries were made, each at the last of these entries, without their names: those
 * who made them. What AutoMod or Discord does by itself names the offender, who may have left since. So may whoever
 * something was done to, and Discord tells of no member who leaves by themselves.
 */
export function membersIn(entries: readonly Entry[]): NameObservation[] {
  const last = new Map<Snowflake, Snowflake>()
  for (const { id, kind, executorId } of entries) {
    if (executorId !== null && doneByItself(kind) === undefined)
      last.set(executorId, maxId(last.get(executorId) ?? '0', id))
  }
  return [...last].map(([id, at]) => ({ id, type: 'user', name: null, at, presence: 'there' }))
}
