import { AuditLogEvent } from 'discord-api-types/v10'
import type { ArchiveReader } from '../../archive.ts'
import { MODERATING } from '../../audit-log/action.ts'
import type { Entry } from '../../audit-log/entry.ts'
import { membersPruned } from '../../audit-log/prune-parts.ts'
import type { Filter } from '../../query/filter.ts'
import { idAfter, oldestId, type Snowflake, timeOf } from '../../snowflake.ts'
import type { CountedEntry } from '../arrival.ts'
import type { Alert } from '../watch.ts'
import type { WatchReader } from '../watch-store.ts'
import { type AlertAction, actionOfEntry, countsPrunes, filterOfAlert } from './actions.ts'
import { givesDanger, givesRoles, type RolePermissions } from './dangerous-permissions.ts'

/** How many entries are read at a time: of those that are only counted, and of those that are read whole. */
const COUNTED_AT_ONCE = 10_000
const READ_AT_ONCE = 500

/** Where the actions of an alert are read. */
export interface ActionSource {
  readonly guildId: Snowflake
  readonly archive: Pick<ArchiveReader, 'list'> & Pick<WatchReader, 'countedEntries'>
  /** What each role of the guild permits now. */
  rolePermissions(): Promise<RolePermissions>
}

export interface ActionRange {
  readonly from: Snowflake
  /** The first id after them; absent for all that there are. */
  readonly to?: Snowflake | undefined
}

/**
 * Reads the actions that an alert counts, oldest first, a part at a time.
 * @param exempt more users whose actions are not counted, besides those of the alert
 */
export async function* readActions(
  source: ActionSource,
  alert: Alert,
  range: ActionRange,
  exempt: ReadonlySet<Snowflake> = new Set(),
): AsyncGenerator<AlertAction[]> {
  const left = new Set([...alert.exempt.userIds, ...exempt])
  for await (const entries of matchingEntries(source, alert, { ...filterOfAlert(alert), ...range }))
    yield entries
      .map((entry) => actionOfEntry(entry, alert.per))
      .filter((action) => action !== undefined)
      .filter(({ actorId }) => actorId === null || !left.has(actorId))
}

async function* matchingEntries(
  source: ActionSource,
  alert: Alert,
  filter: Filter,
): AsyncGenerator<CountedEntry[]> {
  const preset = alert.rule.type === 'preset' ? alert.rule.preset : undefined
  switch (preset) {
    case 'log unreadable':
      return
    case 'dangerous permission':
      return yield* dangerous(source, filter)
    case 'first ban':
      return yield* firstBans(source, alert, filter)
    default:
      for await (const entries of counted(source, filter))
        yield countsPrunes(alert) ? await withPruned(source, entries) : entries
  }
}

function counted({ guildId, archive }: ActionSource, filter: Filter): AsyncGenerator<CountedEntry[]> {
  return slices(COUNTED_AT_ONCE, (slice) => archive.countedEntries(guildId, filter, slice))
}

async function* dangerous(source: ActionSource, filter: Filter): AsyncGenerator<CountedEntry[]> {
  const { guildId, archive } = source
  let roles: RolePermissions | undefined
  for await (const entries of slices(READ_AT_ONCE, (slice) => archive.list(guildId, filter, slice))) {
    if (entries.some(givesRoles)) roles ??= await source.rolePermissions()
    yield entries.filter((entry) => givesDanger(entry, roles ?? new Map())).map(countedOf)
  }
}

/** The bans by somebody who has not been a moderator for longer than the time of the rule. */
async function* firstBans(
  source: ActionSource,
  { within }: Alert,
  filter: Filter,
): AsyncGenerator<CountedEntry[]> {
  const begun = new Map<Snowflake, Promise<Snowflake | undefined>>()
  for await (const entries of counted(source, filter)) {
    const isNew = await Promise.all(
      entries.map(async ({ id, executorId, onBehalfOfId }) => {
        const actorId = onBehalfOfId ?? executorId
        if (actorId === null) return false
        const first = begun.get(actorId) ?? firstActOf(source, actorId)
        begun.set(actorId, first)
        return timeOf(id) - timeOf((await first) ?? id) <= within
      }),
    )
    yield entries.filter((_, index) => isNew[index])
  }
}

/** The first entry that somebody made as a moderator, themselves or through a bot. */
async function firstActOf(
  { guildId, archive }: ActionSource,
  actorId: Snowflake,
): Promise<Snowflake | undefined> {
  const slice = { order: 'oldest', limit: 1 } as const
  const kinds = { anyOf: [...MODERATING] }
  const found = await Promise.all([
    archive.list(guildId, { executorId: actorId, kinds }, slice),
    archive.list(guildId, { onBehalfOfId: actorId, kinds }, slice),
  ])
  return oldestId(found.flat().map(({ id }) => id))
}

/** The entries with a prune counted as so many actions as members were removed, which only the whole entry says. */
async function withPruned(
  { guildId, archive }: ActionSource,
  entries: readonly CountedEntry[],
): Promise<CountedEntry[]> {
  const prunes = entries.filter(({ kind }) => kind === AuditLogEvent.MemberPrune)
  const [first, last] = [prunes[0], prunes.at(-1)]
  if (!first || !last) return [...entries]
  const kinds = { anyOf: [AuditLogEvent.MemberPrune] }
  const range = { from: first.id, to: idAfter(last.id) }
  const whole = await archive.list(guildId, { kinds, ...range }, { order: 'oldest', limit: prunes.length })
  const members = new Map(whole.map((entry) => [entry.id, membersPruned(entry)]))
  return entries.map((entry) => ({ ...entry, units: members.get(entry.id) ?? entry.units }))
}

function countedOf({ id, kind, executorId, onBehalfOfId, targetId, count }: Entry): CountedEntry {
  return { id, kind, executorId, onBehalfOfId, targetId, units: count ?? 1 }
}

/** Reads slice after slice, oldest entries first. */
async function* slices<Item extends { readonly id: Snowflake }>(
  limit: number,
  read: (slice: { order: 'oldest'; limit: number; past?: Snowflake }) => Promise<Item[]>,
): AsyncGenerator<Item[]> {
  for (let past: Snowflake | undefined; ; ) {
    const items = await read({ order: 'oldest', limit, ...(past !== undefined && { past }) })
    if (items.length > 0) yield items
    past = items.at(-1)?.id
    if (items.length < limit) return
  }
}
