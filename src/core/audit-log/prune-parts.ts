import { AuditLogEvent } from 'discord-api-types/v10'
import { firstIdAt, isSnowflake, LARGEST_SNOWFLAKE, minId, type Snowflake, timeOf } from '../snowflake.ts'
import { formatNumber } from '../text/numbers.ts'
import { DAY, HOUR, MINUTE } from '../time/units.ts'
import type { Entry } from './entry.ts'
import { Kind } from './kind.ts'

/** The most members that one entry of a prune stands for. */
const MEMBERS_PER_ENTRY = 1000

/** A prune whose first entry has fewer members has no other parts. Less than 1,000, since some may have left. */
const MIN_MEMBERS_OF_LARGE = MEMBERS_PER_ENTRY / 2

/** The longest time between two entries of a prune, in milliseconds. Usually it is some seconds. */
const LONGEST_STEP = 10 * MINUTE

/** The longest duration of a prune, in milliseconds. A million members are a thousand entries. */
export const LONGEST_PRUNE = 3 * HOUR

/** The fewest and the most days of inactivity that a moderator can choose for a prune. */
const [MIN_DAYS, MAX_DAYS] = [1, 30]

/** The longest inactivity, in milliseconds. An earlier action does not show that a member was not pruned. */
export const LONGEST_INACTIVE = MAX_DAYS * DAY

/**
 * How long after an entry a moderator's action shows that its executor was not pruned, in milliseconds. To moderate, a
 * pruned member would have to rejoin and get the permission, which is unlikely within a day.
 */
export const LONGEST_ABSENCE = DAY

/** A prune: its first entry and its latest. */
interface Prune {
  readonly first: Entry
  latest: Entry
}

/**
 * Decides which entries are later parts of large prunes. Discord logs a prune of more than 1,000 members as one entry
 * per 1,000, some seconds apart. The first names who pruned; each later one names a member who was pruned.
 * https://github.com/discord/discord-api-docs/issues/6428
 *
 * An entry is a later part if it follows a large prune with the same number of days, and names a member who can have
 * been pruned by it: one who did not begin a prune in the hours before, and who is not active.
 * @param judged the prunes in the `LONGEST_PRUNE` before those to judge, already judged, oldest first
 * @param prunes the prunes to judge, oldest first
 * @param active the ids of the entries whose executor did anything except prune since `inactiveSince`, or did something
 *   that requires a moderator's permission between the entry and `goneUntil`
 * @returns the prunes in the same order; those whose kind does not change are the same objects
 */
export function judgePrunes(
  judged: readonly Entry[],
  prunes: readonly Entry[],
  active: ReadonlySet<Snowflake>,
): Entry[] {
  const begun: Prune[] = []
  for (const entry of judged) addTo(begun, entry, entry.kind === Kind.PrunePart)
  return prunes.map((entry) => {
    const mayBePruned = namedBy(entry) !== null && !active.has(entry.id) && !hasPruned(begun, entry)
    const isPart = mayBePruned && prunedIn(begun, entry) !== undefined
    addTo(begun, entry, isPart)
    return isPart === (entry.kind === Kind.PrunePart) ? entry : asJudged(entry, isPart)
  })
}

/**
 * The start of the days in which pruned members were inactive, as an id. A member who acted in them was not pruned.
 */
export function inactiveSince({ id, options }: Entry): Snowflake {
  const days = wholeNumber(options.delete_member_days) ?? MIN_DAYS
  return firstIdAt(timeOf(id) - Math.min(days * DAY, LONGEST_INACTIVE))
}

/** The first id at which pruned members may be back. A member who moderated between the entry and it was not pruned. */
export function goneUntil({ id }: Entry): Snowflake {
  return minId(firstIdAt(timeOf(id) + LONGEST_ABSENCE), LARGEST_SNOWFLAKE)
}

function addTo(begun: Prune[], entry: Entry, isPart: boolean): void {
  const prune = isPart ? prunedIn(begun, entry) : undefined
  if (prune) prune.latest = entry
  else if (!isPart) begun.push({ first: entry, latest: entry })
}

function asJudged(entry: Entry, isPart: boolean): Entry {
  return isPart
    ? { ...entry, kind: Kind.PrunePart, executorId: null }
    : { ...entry, kind: AuditLogEvent.MemberPrune, executorId: namedBy(entry) }
}

/** Whether the executor that Discord names began a prune in the hours before. */
function hasPruned(begun: readonly Prune[], entry: Entry): boolean {
  return begun.some(
    ({ first }) => between(first, entry) <= LONGEST_PRUNE && namedBy(first) === namedBy(entry),
  )
}

/** The prune that an entry can be a later part of; undefined if there is none. */
function prunedIn(begun: readonly Prune[], entry: Entry): Prune | undefined {
  return begun.findLast(
    ({ first, latest }) =>
      isLarge(first) &&
      between(latest, entry) <= LONGEST_STEP &&
      between(first, entry) <= LONGEST_PRUNE &&
      isOfAsManyDays(first, entry),
  )
}

function between(earlier: Entry, later: Entry): number {
  return timeOf(later.id) - timeOf(earlier.id)
}

/** The executor that Discord names in an entry, which is wrong in the later parts of a prune. */
export function namedBy({ payload }: Entry): Snowflake | null {
  return isSnowflake(payload.user_id) ? payload.user_id : null
}

/** How many members were pruned; undefined if the entry does not say, and for later parts, whose number is wrong. */
export function membersPruned({ kind, options }: Entry): number | undefined {
  return kind === Kind.PrunePart ? undefined : wholeNumber(options.members_removed)
}

/**
 * The number of pruned members as text: `1,000 or more` where later parts may follow, since their numbers are wrong.
 */
export function amountPruned(members: number): string {
  return members >= MEMBERS_PER_ENTRY ? `${formatNumber(members)} or more` : formatNumber(members)
}

function isLarge({ options }: Entry): boolean {
  const removed = wholeNumber(options.members_removed)
  return removed === undefined || removed >= MIN_MEMBERS_OF_LARGE
}

function isOfAsManyDays(one: Entry, other: Entry): boolean {
  const [days, otherDays] = [one, other].map(({ options }) => wholeNumber(options.delete_member_days))
  return days === undefined || otherDays === undefined || days === otherDays
}

/** A whole number that Discord sent as a string or number; undefined for any other value. */
function wholeNumber(sent: unknown): number | undefined {
  return /^\d+$/.test(String(sent)) ? Number(sent) : undefined
}
