import type { ArchiveReader } from '../../core/archive.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import { UserError } from '../../core/errors.ts'
import { timeZoneOf } from '../../core/guild-settings.ts'
import type { Log } from '../../core/log.ts'
import { isQuiet } from '../../core/query/activity.ts'
import type { ActivityChart } from '../../core/query/activity-chart.ts'
import type { RoleMembers } from '../../core/query/find-moderators.ts'
import { FIRST_PAGE } from '../../core/query/page.ts'
import { windowBefore } from '../../core/query/read-activity.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { firstIdAt, type Snowflake } from '../../core/snowflake.ts'
import { spreadOver } from '../../core/spread-over.ts'
import { HOUR, MINUTE } from '../../core/time/units.ts'
import { type Report, readReport } from '../../core/watch/digests/read-report.ts'
import { duePeriod, nextPeriod } from '../../core/watch/digests/schedule.ts'
import type { Post } from '../../core/watch/post.ts'
import type { Digest, Watch } from '../../core/watch/watch.ts'
import { activityChart } from '../../view/activity/activity-chart.ts'
import { missingMembers, unknownMembers } from '../../view/activity/missing-members.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { digestMessage, NO_CHART, type ReportPath } from '../../view/watch/digest.ts'
import { NotYet, type Plan, type PlanRequest, type PostIds, type Runner } from '../runner.ts'
import { Turns } from '../turns.ts'

/**
 * How much later than the digests of another guild those of a guild begin, in milliseconds: most are due at the same time
 * of day, and all share Discord's 50 requests a second.
 */
const APART = 60

/** The longest time that the digests of all guilds are spread over, in milliseconds. */
const LONGEST_SPREAD = 10 * MINUTE

/**
 * How long a digest sleeps at most, in milliseconds: timers do not run while a machine is suspended, and a guild can change
 * its time zone.
 */
const LONGEST_WAIT = HOUR

/** How long after it was due a digest is late, in milliseconds. */
const LATE = LONGEST_SPREAD + 5 * MINUTE

/**
 * How often it is tried to look up the members of a role while Discord does not say who they are, and until how long after
 * it was due a digest waits for that, in milliseconds.
 */
const ROLE_RETRY = MINUTE
const ROLE_PATIENCE = LATE

/** How many reports are planned or made at the same time, most of which wait for Discord. */
const AT_ONCE = 16

/** What digests are made from. */
export interface DigestDeps {
  readonly archive: ArchiveReader
  readonly postIds: Pick<PostIds, 'report'>
  /** How many guilds have feeds, alerts or digests. */
  readonly countGuilds: () => number
  /** Syncs a guild's log as for an answer about a window, and returns the coverage then. */
  coverageFor(
    guildId: Snowflake,
    window: { readonly from: Snowflake; readonly to: Snowflake },
  ): Promise<KnownCoverage>
  /** The members with a role, of whom some can be missing. It throws a UserError if Discord does not say who has it. */
  roleMembers(guildId: Snowflake, roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers>
  /** Draws a chart as a PNG. */
  drawChart(guildId: Snowflake, chart: ActivityChart): Promise<Uint8Array>
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Posts digests. A digest reads the archive only when it is due, so arrivals do not concern it. */
export class DigestRunner implements Runner<Digest> {
  readonly turns = new Turns(AT_ONCE)
  readonly #deps: DigestDeps

  constructor(deps: DigestDeps) {
    this.#deps = deps
  }

  async plan({ watch, nextPost, now }: PlanRequest<Digest>): Promise<Plan> {
    const { definition, guildId, position } = watch
    const timeZone = await this.#timeZoneIn(guildId)
    const begun = now - this.#delayIn(guildId)
    const due = duePeriod(definition, watch, begun, timeZone)
    const again = Math.min(nextPeriod(definition, begun, timeZone).dueAt - begun, LONGEST_WAIT)
    if (!due) return { position, posts: [], again }
    const { from, to } = due.period
    const post: Post = {
      watch: watch.number,
      number: nextPost,
      after: position,
      to: position,
      content: { type: 'digest', from, to, skipped: due.skipped + (await this.#dropped(watch)) },
      delivery: { type: 'planned' },
    }
    return { position, doneTo: to, posts: [post], again }
  }

  /**
   * The report as of now. Counts of the period can still grow for a day; the post is not edited for that. A report that
   * could not be posted until the next one was due is dropped.
   */
  async render(watch: Watch<Digest>, sent: Post, now: number): Promise<ChannelMessage | undefined> {
    const { content } = sent
    if (content.type !== 'digest') return undefined
    const { definition, guildId } = watch
    const { coverageFor, archive, postIds } = this.#deps
    const timeZone = await this.#timeZoneIn(guildId)
    const isUnsent = sent.delivery.type === 'planned'
    if (isUnsent && duePeriod(definition, { ...watch, doneTo: content.to }, now, timeZone)) return undefined
    const { dueAt } = nextPeriod(definition, content.to - 1, timeZone)
    const window = { from: firstIdAt(content.from), to: firstIdAt(content.to) }
    const before = windowBefore(window, now)
    const coverage = await coverageFor(guildId, { from: before?.from ?? window.from, to: window.to })
    const newestId = await archive.newestId(guildId)
    const query: SavedQuery = {
      command: 'audit activity',
      guildId,
      askerId: watch.setBy,
      askedAt: coverage.askedAt,
      timeZone,
      filter: window,
      order: 'newest',
      ...(newestId !== undefined && { asOf: newestId }),
      ...(definition.roleId !== undefined && { roleId: definition.roleId }),
    }
    const roleMembers = (roleId: Snowflake, candidates: readonly Snowflake[]) =>
      this.#deps.roleMembers(guildId, roleId, candidates)
    const read = (of: SavedQuery) => readReport(of, { archive, coverage, roleMembers })
    const report = await read(query).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      // Discord did not say who has the role.
      if (now < dueAt + ROLE_PATIENCE) throw new NotYet(error.message, ROLE_RETRY)
      const { roleId: _, ...ofAll } = query
      return read(ofAll)
    })
    const post = {
      every: definition.every,
      period: { from: content.from, to: content.to, dueAt },
      report,
      isLate: now > dueAt + LATE,
      skipped: content.skipped,
      warnings: roleWarnings(query.roleId, report),
      reportId: (path: ReportPath) => postIds.report(sent, { path, ...window }),
    }
    const chart = await this.#draw(report)
    if (!chart) return digestMessage(post)
    const warnings = [...post.warnings, NO_CHART]
    return { ...digestMessage({ ...post, chart }), withoutFiles: digestMessage({ ...post, warnings }) }
  }

  /** The chart of a report; undefined if nobody did anything, or it could not be drawn. */
  async #draw(report: Report): Promise<Uint8Array | undefined> {
    const { moderators, columns, names, query, coverage } = report
    const { drawChart, log, signal } = this.#deps
    if (moderators.every(isQuiet)) return undefined
    const chart = activityChart({ ...columns, moderators, page: FIRST_PAGE, names, query, coverage })
    return drawChart(query.guildId, chart).catch((error: unknown) => {
      if (!signal.aborted) log.error({ guild: query.guildId, err: error }, 'Drawing a chart failed.')
      return undefined
    })
  }

  /** How many periods up to the last post of a digest were not reported although they were planned. */
  async #dropped({ guildId, number }: Watch): Promise<number> {
    const [last] = await this.#deps.archive.newestPosts(guildId, number, 1)
    return last?.delivery.type === 'dropped' && last.content.type === 'digest' ? last.content.skipped + 1 : 0
  }

  async #timeZoneIn(guildId: Snowflake): Promise<string> {
    return timeZoneOf(await this.#deps.archive.settings(guildId))
  }

  /** How much later than others the digests of a guild begin, in milliseconds. */
  #delayIn(guildId: Snowflake): number {
    return spreadOver(Math.max(Math.min(this.#deps.countGuilds() * APART, LONGEST_SPREAD), 1), guildId)
  }
}

/** That members of the role of a digest are not listed, or others are. */
function roleWarnings(roleId: Snowflake | undefined, { ofRole }: Report): string[] {
  if (roleId !== undefined && ofRole === undefined) return [unknownMembers(roleId, LOOK_AGAIN)]
  return missingMembers(roleId, ofRole, LOOK_AGAIN)
}

const LOOK_AGAIN = 'The button **Activity** looks again.'
