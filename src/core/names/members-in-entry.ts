import { automaticActor } from '../audit-log/action.ts'
import type { Entry } from '../audit-log/entry.ts'
import { maxId, type Snowflake } from '../snowflake.ts'
import type { NameObservation } from './named-entity.ts'

/**
 * Observes the executors of entries as members who were present at their last entry, without names. Offenders, whom
 * AutoMod and Discord name as executors, may have left by then. So may targets: Discord does not log members who leave.
 */
export function membersIn(entries: readonly Entry[]): NameObservation[] {
  const last = new Map<Snowflake, Snowflake>()
  for (const { id, kind, executorId } of entries) {
    if (executorId !== null && automaticActor(kind) === undefined)
      last.set(executorId, maxId(last.get(executorId) ?? '0', id))
  }
  return [...last].map(([id, at]) => ({ id, type: 'user', name: null, at, presence: 'present' }))
}
