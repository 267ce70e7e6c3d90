import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { timeOf } from '../../../sandbox/world/snowflakes.ts'
import { disordered } from './judge-order.ts'
import { type ShownPost, titleOf } from './shown-posts.ts'
import type { Truth } from './watch-spec.ts'

/** What an alert counts. */
export interface AlertRule {
  readonly matches: (entry: LogEntry) => boolean
  readonly units: (entry: LogEntry) => number
  /** Whose actions are counted together; undefined for all that nobody is named for. */
  readonly keyOf: (entry: LogEntry) => string | undefined
  readonly count: number
  /** In milliseconds. */
  readonly within: number
}

/** Entries of one key. */
interface Range {
  readonly key: string | undefined
  readonly from: string
  readonly to: string
}

/** A warning as it is shown. */
interface Warning extends Range {
  readonly number: number
  readonly title: string
  /** When it was posted, in milliseconds since the Unix epoch. */
  readonly at: number
}

/** How long posts that need nothing more are stored, in milliseconds. */
const STORED_FOR = 3 * 24 * 3_600_000

/** After so long without an action a burst is over, in milliseconds. */
const SHORTEST_PAUSE = 10 * 60_000

/** Compares what an alert posted with the bursts that there were. @returns the differences, a line each */
export function judgeAlert(
  posts: readonly ShownPost[],
  rule: AlertRule,
  { entries, stored, isRemoved }: Truth,
): string[] {
  const matching = entries.filter(rule.matches)
  const bursts = burstsIn(matching, rule)
  const warnings = posts.flatMap((post) => warningsIn(post, matching, rule))
  const isKnown = (one: Range) => warnings.some((warning) => overlap(one, warning))
  const unwarned = bursts.filter((burst) => !isKnown(burst))
  return [
    ...disordered(posts),
    ...(isRemoved ? [] : withoutWarning(unwarned, posts)),
    ...warnings
      .filter((warning) => !bursts.some((burst) => overlap(burst, warning)))
      .map((warning) => `post ${warning.number} warns of what was no burst: ${warning.title}`),
    ...warnings.flatMap((warning, index) =>
      warnings
        .slice(0, index)
        .filter((earlier) => overlap(earlier, warning) && !wasForgotten(earlier, warning))
        .map((earlier) => `posts ${earlier.number} and ${warning.number} warn of the same: ${warning.title}`),
    ),
    ...warnings
      .filter(({ number }) => !isRemoved && stored.has(number))
      .flatMap((warning) => wrongNumber(warning, matching, rule)),
  ]
}

/** So many actions of one key within a time that they reach a count, with all that follow without a pause. */
function burstsIn(entries: readonly LogEntry[], rule: AlertRule): Range[] {
  const pause = Math.max(rule.within, SHORTEST_PAUSE)
  const bursts: Range[] = []
  for (const [key, those] of Map.groupBy(entries, rule.keyOf)) {
    let chain: LogEntry[] = []
    for (const entry of [...those, undefined]) {
      const last = chain.at(-1)
      if (!entry || (last && timeOf(entry.id) - timeOf(last.id) > pause)) {
        const burst = burstIn(chain, key, rule)
        if (burst) bursts.push(burst)
        chain = []
      }
      if (entry) chain.push(entry)
    }
  }
  return bursts
}

function burstIn(chain: readonly LogEntry[], key: string | undefined, rule: AlertRule): Range | undefined {
  const last = chain.at(-1)
  for (const { id } of chain) {
    const recent = chain.filter(
      (each) => BigInt(each.id) <= BigInt(id) && timeOf(each.id) >= timeOf(id) - rule.within,
    )
    const [first] = recent
    const units = recent.reduce((sum, entry) => sum + rule.units(entry), 0)
    if (first && last && units >= rule.count) return { key, from: first.id, to: last.id }
  }
  return undefined
}

/** The burst that a post warns of; none if it only says how many more there were. */
function warningsIn(
  { shown, number, message }: ShownPost,
  entries: readonly LogEntry[],
  rule: AlertRule,
): Warning[] {
  const [title, at] = [titleOf(message), timeOf(message.id)]
  if (shown.type === 'counted' && !isSum(title)) {
    const { key, from, to } = shown
    return [{ number, title, at, key, from, to }]
  }
  if (shown.type !== 'entries') return []
  return shown.entries.flatMap(({ id }) => {
    const entry = entries.find((each) => each.id === id)
    return entry ? [{ number, title, at, key: rule.keyOf(entry), from: id, to: id }] : []
  })
}

/** Bursts without a warning of their own. After an outage, a post says how many more there were, of which time. */
function withoutWarning(bursts: readonly Range[], posts: readonly ShownPost[]): string[] {
  const sums = posts.flatMap(({ shown, message, number }) =>
    shown.type === 'counted' && isSum(titleOf(message))
      ? [{ number, from: shown.from, to: shown.to, many: Number(/(\d+) more/.exec(titleOf(message))?.[1]) }]
      : [],
  )
  const isIn = (burst: Range, sum: Pick<Range, 'from' | 'to'>) =>
    BigInt(burst.from) >= BigInt(sum.from) && BigInt(burst.from) <= BigInt(sum.to)
  return [
    ...bursts
      .filter((burst) => !sums.some((sum) => isIn(burst, sum)))
      .map(({ key, from, to }) => `nobody was warned of the actions of ${key} from ${from} to ${to}`),
    ...sums.flatMap((sum) => {
      const many = bursts.filter((burst) => isIn(burst, sum)).length
      // Entries that come late can join two that were counted apart.
      return many <= sum.many ? [] : [`post ${sum.number} says ${sum.many} more, but there were ${many}`]
    }),
  ]
}

function isSum(title: string): boolean {
  return title.includes('more warning')
}

/** The title says how many actions there were from the first to the last. */
function wrongNumber(
  { number, title, key, from, to }: Warning,
  entries: readonly LogEntry[],
  rule: AlertRule,
): string[] {
  const units = entries
    .filter(
      (entry) =>
        rule.keyOf(entry) === key && BigInt(from) <= BigInt(entry.id) && BigInt(entry.id) <= BigInt(to),
    )
    .reduce((sum, entry) => sum + rule.units(entry), 0)
  const shown = /🚨 (?:Late: )?(?:Dangerous permissions given )?([\d,]+)/
    .exec(title)?.[1]
    ?.replaceAll(',', '')
  const isRight = Number(shown ?? 1) === units
  return isRight ? [] : [`post ${number} should warn of ${units}, but: ${title}`]
}

/** Whether a warning was not stored any more when the rest of its burst was found, days later. */
function wasForgotten(earlier: Warning, { at }: Warning): boolean {
  return at - timeOf(earlier.to) > STORED_FOR
}

function overlap(one: Range, other: Range): boolean {
  return one.key === other.key && BigInt(one.from) <= BigInt(other.to) && BigInt(other.from) <= BigInt(one.to)
}
