import { AuditLogEvent } from 'discord-api-types/v10'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { countOf } from '../../support/entries/truth.ts'
import { disordered } from './judge-order.ts'
import { type ShownPost, summarized } from './shown-posts.ts'
import type { Truth } from './watch-spec.ts'

/** The kinds whose entries stand for more than one message or member. */
const COUNTED: readonly unknown[] = [
  AuditLogEvent.MessageDelete,
  AuditLogEvent.MessageBulkDelete,
  AuditLogEvent.MemberMove,
  AuditLogEvent.MemberDisconnect,
]

/**
 * Compares what a feed posted with what it should have posted.
 * @param truth the entries that match the feed
 * @returns the differences, a line each
 */
export function judgeFeed(
  posts: readonly ShownPost[],
  { entries, stored, isRemoved }: Pick<Truth, 'entries' | 'stored' | 'isRemoved'>,
): string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const entriesIn = ({ shown: each }: ShownPost) => (each.type === 'entries' ? each.entries : [])
  const shown = posts.flatMap(entriesIn)
  const kept = isRemoved ? [] : posts.filter(({ number }) => stored.has(number))
  const shownIds = new Set(shown.map(({ id }) => id))
  const left = entries.filter(({ id }) => !shownIds.has(id))
  return [
    ...posts.filter(isNoPostOfFeed).map(({ number }) => `post ${number} is none of a feed`),
    ...disordered(posts),
    ...repeated(shown.map(({ id }) => id)).map((id) => `entry ${id} is shown more than once`),
    ...[...shownIds].filter((id) => !byId.has(id)).map((id) => `entry ${id} is shown, but does not match`),
    ...kept.flatMap(entriesIn).flatMap(({ id, text }) => wrongCount(byId.get(id), text)),
    ...wrongSummaries(posts, left, { stored, isRemoved }),
  ]
}

function isNoPostOfFeed({ shown }: ShownPost): boolean {
  return shown.type !== 'entries' && shown.type !== 'counted'
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) < index)
}

/** The line of an entry says how many messages or members it stands for. */
function wrongCount(entry: LogEntry | undefined, text: string): string[] {
  if (!entry || !COUNTED.includes(entry.action_type)) return []
  const count = countOf(entry)
  const isShown =
    count === 1 || new RegExp(`\\b${count.toLocaleString('en')} (messages|members)\\b`).test(text)
  return isShown ? [] : [`entry ${entry.id} stands for ${count}, but is shown as: ${text}`]
}

/** Whether the summaries together show the entries that no post shows by itself, each of them once. */
function wrongSummaries(
  posts: readonly ShownPost[],
  left: readonly LogEntry[],
  { stored, isRemoved }: Pick<Truth, 'stored' | 'isRemoved'>,
): string[] {
  const summaries = posts.flatMap(({ number, message, shown }) =>
    shown.type === 'counted'
      ? [{ number, from: BigInt(shown.from), to: BigInt(shown.to), ...summarized(message) }]
      : [],
  )
  const room = summaries.map(({ entries }) => entries)
  const missing = left.filter((entry) => {
    const id = BigInt(entry.id)
    // Of the summaries that can have an entry, the one that ends first.
    const fitting = [...summaries.entries()]
      .filter(([index, { from, to }]) => Number(room[index]) > 0 && from <= id && id <= to)
      .sort(([, a], [, b]) => (a.to < b.to ? -1 : 1))
    const [index] = fitting[0] ?? []
    if (index === undefined) return true
    room[index] = Number(room[index]) - 1
    return false
  })
  const tooMany = summaries.flatMap(({ number, entries }, index) =>
    room[index] === 0 ? [] : [`the summary ${number} counts ${entries} actions, ${room[index]} too many`],
  )
  if (isRemoved) return tooMany
  const shownUnits = summaries.map(({ units }) => units)
  const isUnitsKnown = summaries.every(({ number, units }) => units !== undefined && stored.has(number))
  const units = shownUnits.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  const expected = left.reduce((sum, entry) => sum + countOf(entry), 0)
  return [
    ...missing.map(({ id, action_type }) => `entry ${id} of type ${action_type} is not posted`),
    ...tooMany,
    ...(missing.length + tooMany.length === 0 && isUnitsKnown && units !== expected
      ? [`the summaries stand for ${units} units, but the log for ${expected}`]
      : []),
  ]
}
