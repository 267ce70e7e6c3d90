import { AuditLogEvent } from 'discord-api-types/v10'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import { timeOf } from '../../../sandbox/world/snowflakes.ts'
import { fieldOf, textOf } from '../../support/read.ts'
import { disordered } from './judge-order.ts'
import type { LogChannels } from './log-channels.ts'
import type { ShownPost } from './shown-posts.ts'
import type { Truth, WatchSpec } from './watch-spec.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY

/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 23)

/** How long after it is due a digest may come: it is spread, tried again, and waits for the log to be read. */
const LATEST = 3 * HOUR

/** A digest of each day and one of each week, at nine in UTC. */
export function digestsOf({ second }: LogChannels): WatchSpec[] {
  const digest = (every: string, length: number): WatchSpec => ({
    type: 'digest',
    values: { to: second, every },
    judge: (posts, truth) => judgeDigest(posts, length, truth),
  })
  return [digest('day', DAY), digest('week', WEEK)]
}

/**
 * Each period came once, or a later report says that it was skipped.
 * @param length of a period, in milliseconds
 */
function judgeDigest(
  posts: readonly ShownPost[],
  length: number,
  { setAt, now, isRemoved }: Truth,
): string[] {
  const endOfFirst = MONDAY + Math.ceil((setAt - 9 * HOUR - MONDAY) / length) * length
  let next = endOfFirst - length
  const wrong = posts.flatMap(({ shown, number, message }) => {
    if (shown.type !== 'report') return [`post ${number} is none of a digest`]
    const from = timeOf(shown.from)
    const skipped = skippedBy(textOf(message))
    const expected = next + skipped * length
    next = from + length
    return from === expected
      ? []
      : [`post ${number} is about ${day(from)} and skips ${skipped}, but ${day(expected)} is next`]
  })
  const dueAt = next + length + 9 * HOUR
  return [
    ...disordered(posts),
    ...wrong,
    ...(isRemoved || dueAt + LATEST > now ? [] : [`the report about ${day(next)} did not come`]),
  ]
}

/** How many periods before it a report says were not reported. */
function skippedBy(text: string): number {
  return Number(/The ([\d,]+) (?:day|week)s? before w(?:as|ere) not reported/.exec(text)?.[1] ?? 0)
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/**
 * Compares the numbers of a report with the log, as it is when the report is posted. Counts can have grown since they were
 * read, but entries are all there.
 * @returns the differences, a line each
 */
export function wrongReport({ shown, message, number }: ShownPost, entries: readonly LogEntry[]): string[] {
  if (shown.type !== 'report' || textOf(message).includes('Incomplete')) return []
  const { from, to } = shown
  const those = entries.filter(({ id }) => BigInt(id) >= BigInt(from) && BigInt(id) < BigInt(to))
  const expected = those.filter(isPunishment).length
  const field = fieldOf(message, 'Punishments without a reason')
  const punishments = Number(/ of ([\d,]+)/.exec(field ?? '')?.[1]?.replaceAll(',', '') ?? 0)
  return punishments === expected
    ? []
    : [`report ${number} counts ${punishments} punishments, but there were ${expected}: ${textOf(message)}`]
}

function isPunishment({ action_type, changes, id }: LogEntry): boolean {
  if (action_type === AuditLogEvent.MemberKick || action_type === AuditLogEvent.MemberBanAdd) return true
  return (
    action_type === AuditLogEvent.MemberUpdate &&
    jsonObjects(changes).some(
      ({ key, new_value }) =>
        key === 'communication_disabled_until' && Date.parse(String(new_value ?? '')) > timeOf(id),
    )
  )
}
