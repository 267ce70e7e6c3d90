import type { ArchiveReader } from '../../archive.ts'
import { sumOf } from '../../query/tally.ts'
import { firstIdAt, maxId, type Snowflake, timeOf } from '../../snowflake.ts'
import { DAY } from '../../time/units.ts'
import type { Alert } from '../watch.ts'
import { filterOfAlert } from './actions.ts'
import { type Burst, Bursts } from './bursts.ts'
import { type ActionSource, readActions } from './read-actions.ts'

/** How many days a preview goes back; fewer where there would be too much to read. */
const DAYS = [90, 30, 7, 1]

/** How many entries a preview reads at most: of those that are only counted, and of those that are read whole. */
const MOST_COUNTED = 600_000
const MOST_READ = 40_000

/** How many people are looked up to see whether they have an exempt role. */
const MOST_LOOKED_UP = 50

/** What an alert would have done. */
export interface AlertPreview {
  /** How many days were looked at, and from which id on. */
  readonly days: number
  readonly from: Snowflake
  /** Of how many of these days something is known. */
  readonly knownDays: number
  /** The first id after those that were looked at. */
  readonly to: Snowflake
  /** Oldest first. */
  readonly bursts: readonly Burst[]
  /** A count with which it would have warned about once a week; undefined if it does not warn too often. */
  readonly rarely: number | undefined
  /** Whom an exempt role leaves out now. */
  readonly exempt: ReadonlySet<Snowflake>
}

interface PreviewSource extends ActionSource {
  readonly archive: ActionSource['archive'] & Pick<ArchiveReader, 'countByKind'>
  /** Those of some members who have one of some roles now. */
  withRole(roleIds: readonly Snowflake[], members: readonly Snowflake[]): Promise<readonly Snowflake[]>
}

/** What is looked at. */
interface PreviewWindow {
  /** The first id after it. */
  readonly to: Snowflake
  /** In milliseconds since the Unix epoch. */
  readonly now: number
  /** The first id of which something is known. */
  readonly knownFrom: Snowflake
}

/** Finds what an alert would have warned of in the last 90 days. */
export async function previewOf(
  source: PreviewSource,
  alert: Alert,
  { to, now, knownFrom }: PreviewWindow,
): Promise<AlertPreview> {
  const { days, from } = await windowOf(source, alert, to, now)
  const range = { from, to }
  const first = await burstsOf(source, alert, range, new Set())
  const { roleIds } = alert.exempt
  const exempt = new Set(
    roleIds.length === 0 || first.bursts.length === 0
      ? []
      : await source.withRole(roleIds, first.actors.slice(0, MOST_LOOKED_UP)),
  )
  const { bursts } = exempt.size === 0 ? first : await burstsOf(source, alert, range, exempt)
  const knownDays = Math.min(days, Math.max(1, Math.ceil((now - timeOf(maxId(from, knownFrom))) / DAY)))
  return { days, from, knownDays, to, bursts, rarely: rareCount(bursts, knownDays), exempt }
}

/** As many days as can be read soon. */
async function windowOf(
  { guildId, archive }: PreviewSource,
  alert: Alert,
  to: Snowflake,
  now: number,
): Promise<{ readonly days: number; readonly from: Snowflake }> {
  const isReadWhole = alert.rule.type === 'preset' && alert.rule.preset === 'dangerous permission'
  const most = isReadWhole ? MOST_READ : MOST_COUNTED
  for (const days of DAYS) {
    const from = firstIdAt(now - days * DAY)
    const { entries } = sumOf(await archive.countByKind(guildId, { ...filterOfAlert(alert), from, to }))
    if (entries <= most || days === DAYS.at(-1)) return { days, from }
  }
  throw new Error('A preview has no length.')
}

/** The bursts, and those who did the most of what was counted. */
async function burstsOf(
  source: ActionSource,
  alert: Alert,
  range: { readonly from: Snowflake; readonly to: Snowflake },
  exempt: ReadonlySet<Snowflake>,
): Promise<{ readonly bursts: readonly Burst[]; readonly actors: readonly Snowflake[] }> {
  const bursts = new Bursts(alert)
  const units = new Map<Snowflake, number>()
  for await (const actions of readActions(source, alert, range, exempt)) {
    for (const action of actions) {
      bursts.add(action)
      const { actorId } = action
      if (actorId !== null) units.set(actorId, (units.get(actorId) ?? 0) + action.units)
    }
  }
  const actors = [...units].toSorted(([, a], [, b]) => b - a).map(([actorId]) => actorId)
  return { bursts: bursts.all, actors }
}

/** If there were more bursts than about one a day, the count that was reached about once a week. */
function rareCount(bursts: readonly Burst[], days: number): number | undefined {
  if (bursts.length <= days) return undefined
  const peaks = bursts.map(({ peak }) => peak).toSorted((a, b) => b - a)
  const next = peaks[Math.ceil(days / 7)]
  return next === undefined ? undefined : next + 1
}
