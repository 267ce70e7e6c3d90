import { AuditLogEvent } from 'discord-api-types/v10'
import { firstIdAt, isSnowflake, LARGEST_SNOWFLAKE, minId, type Snowflake, timeOf } from '../snowflake.ts'
import { formatNumber } from '../text/numbers.ts'
import { DAY, HOUR, MINUTE } from '../time/units.ts'
import type { Entry } from './entry.ts'
import { Kind } from './kind.ts'

/** How many members one entry of a prune stands for at most. */
const PRUNED_AT_ONCE = 1000

/** A first entry of fewer members is the whole of its prune. Not 1,000, since some may have left meanwhile. */
const FEWEST_OF_LARGE = PRUNED_AT_ONCE / 2

/** The longest time from one entry of a prune to the next, in milliseconds. Discord takes some seconds. */
const LONGEST_STEP = 10 * MINUTE

/** How long a prune takes at most, in milliseconds. A million members are a thousand entries. */
export const LONGEST_PRUNE = 3 * HOUR

/** For how many days a member must have been inactive to be pruned, at least and at most. Whoever prunes chooses. */
const [FEWEST_DAYS, MOST_DAYS] = [1, 30]

/** The same at most, in milliseconds. An act that is longer ago says nothing of who was pruned. */
export const LONGEST_INACTIVE = MOST_DAYS * DAY

/**
 * How long after an entry a moderator's act shows that its executor was not pruned, in milliseconds. A pruned member is
 * gone: to moderate, they would have to rejoin and be given the permission, which hardly happens within a day.
 */
export const LONGEST_ABSENCE = DAY

/** A prune as somebody began it, and the latest entry that belongs to it. */
interface Prune {
  readonly first: Entry
  latest: Entry
}

/**
 * Tells the later parts of large prunes from acts. Discord writes a prune of more than 1,000 members as one entry for
 * each 1,000, seconds apart: the first names who pruned, each later one a member who was pruned.
 * https://github.com/discord/discord-api-docs/issues/6428
 *
 * An entry is a later part if it follows a large prune with the same number of days, and names somebody who can have
 * been pruned in it: who did not begin a prune in the hours before, and is not active.
 * @param judged the prunes that were judged before, all of the `LONGEST_PRUNE` before those to judge, oldest first
 * @param prunes the prunes to judge, oldest first
 * @param active the ids of those whose executor did anything but prune since `inactiveSince`, or did something that
 *   takes a moderator's permission between the entry and `goneUntil`
 * @returns the prunes in the same order; those whose kind stays are the same objects
 */
export function judgePrunes(
  judged: readonly Entry[],
  prunes: readonly Entry[],
  active: ReadonlySet<Snowflake>,
): Entry[] {
  const begun: Prune[] = []
  for (const entry of judged) take(begun, entry, entry.kind === Kind.PrunePart)
  return prunes.map((entry) => {
    const mayBePruned = namedBy(entry) !== null && !active.has(entry.id) && !hasPruned(begun, entry)
    const isPart = mayBePruned && prunedIn(begun, entry) !== undefined
    take(begun, entry, isPart)
    return isPart === (entry.kind === Kind.PrunePart) ? entry : asJudged(entry, isPart)
  })
}

/** The first id of the days in which those who were pruned were inactive. Whoever acted in them was not pruned. */
export function inactiveSince({ id, options }: Entry): Snowflake {
  const days = wholeNumber(options.delete_member_days) ?? FEWEST_DAYS
  return firstIdAt(timeOf(id) - Math.min(days * DAY, LONGEST_INACTIVE))
}

/**
 * The first id at which those who were pruned may be back. Whoever moderated between the entry and it was not pruned.
 */
export function goneUntil({ id }: Entry): Snowflake {
  return minId(firstIdAt(timeOf(id) + LONGEST_ABSENCE), LARGEST_SNOWFLAKE)
}

function take(begun: Prune[], entry: Entry, isPart: boolean): void {
  const prune = isPart ? prunedIn(begun, entry) : undefined
  if (prune) prune.latest = entry
  else if (!isPart) begun.push({ first: entry, latest: entry })
}

function asJudged(entry: Entry, isPart: boolean): Entry {
  return isPart
    ? { ...entry, kind: Kind.PrunePart, executorId: null }
    : { ...entry, kind: AuditLogEvent.MemberPrune, executorId: namedBy(entry) }
}

/** Whether the executor that Discord names for an entry began a prune in the hours before. */
function hasPruned(begun: readonly Prune[], entry: Entry): boolean {
  return begun.some(
    ({ first }) => between(first, entry) <= LONGEST_PRUNE && namedBy(first) === namedBy(entry),
  )
}

/** The prune that an entry can be a later part of. */
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

/** The executor that Discord names for an entry, rightly or not. */
export function namedBy({ payload }: Entry): Snowflake | null {
  return isSnowflake(payload.user_id) ? payload.user_id : null
}

/**
 * How many members an entry says were pruned; undefined if it does not say, and for later parts, which say it wrongly.
 */
export function membersPruned({ kind, options }: Entry): number | undefined {
  return kind === Kind.PrunePart ? undefined : wholeNumber(options.members_removed)
}

/**
 * How many members a prune removed, in words. After a first entry of 1,000, parts may follow whose numbers are wrong.
 */
export function amountPruned(members: number): string {
  return members >= PRUNED_AT_ONCE ? `${formatNumber(members)} or more` : formatNumber(members)
}

function isLarge({ options }: Entry): boolean {
  const removed = wholeNumber(options.members_removed)
  return removed === undefined || removed >= FEWEST_OF_LARGE
}

function isOfAsManyDays(one: Entry, other: Entry): boolean {
  const [days, otherDays] = [one, other].map(({ options }) => wholeNumber(options.delete_member_days))
  return days === undefined || otherDays === undefined || days === otherDays
}

/** A number as Discord sends it, in a string; undefined for anything else. */
function wholeNumber(sent: unknown): number | undefined {
  return /^\d+$/.test(String(sent)) ? Number(sent) : undefined
}
