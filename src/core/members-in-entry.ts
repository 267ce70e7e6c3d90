import { catalogue, Kind, MODERATING } from './action.ts'
import type { Entry } from './entry.ts'
import type { Naming } from './known.ts'
import { isSnowflake, maxId, type Snowflake } from './snowflake.ts'

/** What members do without moderating. */
const OWN_ACTS = [
  ...[Kind.OwnUpdate, Kind.OwnRoleUpdate],
  ...[40, 41, 42, 100, 101, 102, 110, 111, 112, 192, 193, 200, 201, 202],
]

/** Known kinds that members do. Of the others the executor is an offender, who may have left since. */
const BY_MEMBERS: ReadonlySet<number> = new Set([...MODERATING, ...OWN_ACTS])

/** Kinds that are done to members alone. */
const ON_MEMBERS: ReadonlySet<number> = new Set([
  ...[24, 25, 28],
  ...[Kind.Timeout, Kind.TimeoutRemove, Kind.OwnUpdate, Kind.OwnRoleUpdate],
])

/** Who was a member, as some entries tell, and when last. Their names stand elsewhere. */
export function membersIn(entries: readonly Entry[]): Naming[] {
  const last = new Map<Snowflake, Snowflake>()
  for (const { id, kind, executorId, targetId } of entries) {
    const isByMember = BY_MEMBERS.has(kind) || !catalogue.has(kind)
    const members = [isByMember && executorId, ON_MEMBERS.has(kind) && targetId]
    for (const member of members.filter(isSnowflake)) last.set(member, maxId(last.get(member) ?? '0', id))
  }
  return [...last].map(([id, at]) => ({ id, is: 'user', name: null, at, was: 'there' }))
}
