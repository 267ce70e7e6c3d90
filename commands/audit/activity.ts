import { subcommand } from '../../src/command/command.ts'
import type { CommandContext, RoleMembers } from '../../src/command/context.ts'
import { role, toggle } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { MODERATING } from '../../src/core/audit-log/action.ts'
import { hasHoles, isWhole, type KnownCoverage } from '../../src/core/coverage/coverage.ts'
import { moderatorsOf } from '../../src/core/query/activity.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import { firstIdAt, idAfter, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { activityReply } from '../../src/view/activity/activity.ts'
import { activityChart } from '../../src/view/activity/activity-chart.ts'
import { common } from './options.ts'
import { DAY, draftOf } from './query.ts'

const { since, until, public: everyone } = common

export const activity = subcommand({
  name: 'activity',
  description: 'Who does the work and who has gone quiet: what each moderator did, and a chart',
  options: {
    since,
    until,
    role: role('Whose members: a role, such as Moderator'),
    bots: toggle('List bots too (no)'),
    public: everyone,
  },
  ask: ({ role: roleId, bots = false, ...args }, asked) => {
    const draft = draftOf(args, asked, 90 * DAY)
    const before = spanBefore(draft.filter, asked.now)
    return {
      ...draft,
      // The role whose id is the guild's is @everyone.
      ...(roleId !== undefined && roleId !== asked.guildId && { roleId }),
      bots,
      ...(before && { readBackTo: before.from }),
    }
  },
  async answer({ query, number, page, archive, coverage, notice, context }) {
    const { guildId } = query
    const listed = await listedFor(query, archive, context)
    const { from, to } = filterOf(query)
    const window = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const [counts, byBots, unnamed, attributions, lastSeen, days, before, names] = await Promise.all([
      archive.activity(guildId, window, listed.ids, 'executor'),
      archive.activity(guildId, window, listed.bots, 'executor'),
      archive.countUnnamed(guildId, window),
      archive.attributions(guildId, window),
      archive.lastSeen(guildId, listed.ids, to ?? firstIdAt(query.askedAt)),
      archive.activity(guildId, window, listed.ids, 'day'),
      windowBefore(query, archive, coverage, listed.ids),
      archive.names(guildId, listed.ids),
    ])
    const all = moderatorsOf({
      ids: listed.ids,
      counts,
      credits: attributions,
      lastSeen,
      ...(before && { before }),
    })
    // Nobody is shown as having done nothing because something could not be read.
    const moderators = hasHoles(coverage, query.filter.from, query.filter.to)
      ? all.filter(({ total, throughBots }) => total + throughBots > 0)
      : all
    // Without counts there is nothing to draw.
    const chart =
      counts.length > 0
        ? await context.drawChart(activityChart({ moderators, counts, days, names, query, coverage }))
        : undefined
    return activityReply({
      moderators,
      unknown: all.length - moderators.length,
      names,
      chart,
      byBots: sumOf(byBots).entries,
      unnamed,
      about: listed.about,
      query,
      number,
      page,
      coverage,
      notice,
    })
  },
})

interface Listed {
  readonly ids: readonly Snowflake[]
  /** Bots that are left out. */
  readonly bots: readonly Snowflake[]
  readonly about: readonly string[]
}

/** Who is listed: every moderator the archive ever saw act, or the members of a role. */
async function listedFor(
  query: SavedQuery,
  archive: ArchiveReader,
  context: CommandContext,
): Promise<Listed> {
  const { guildId, asOf = '0', roleId, bots = false } = query
  const [doers, attributions] = await Promise.all([
    archive.executors(guildId, MODERATING),
    archive.attributions(guildId, { to: idAfter(asOf) }),
  ])
  const known = [...new Set([...doers, ...attributions.keys()])]
  const members = roleId === undefined ? undefined : await context.roleMembers(roleId, known)
  const names = await archive.names(guildId, known)
  const all = members?.members ?? known.map((id) => ({ id, isBot: names.get('user', id)?.type === 'bot' }))
  const idsOf = (wanted: readonly { id: Snowflake }[]) => wanted.map(({ id }) => id)
  return {
    ids: idsOf(bots ? all : all.filter(({ isBot }) => !isBot)),
    bots: bots ? [] : idsOf(all.filter(({ isBot }) => isBot)),
    about: [
      ...(roleId === undefined ? [] : [`members of <@&${roleId}>`]),
      ...(roleId === undefined || members?.lacks === undefined ? [] : [whoIsKnown(roleId, members)]),
    ],
  }
}

/** Why the members of a role may not be all. */
const LACKS = {
  list:
    'Discord does not show me its member list, so these are only those whom I have seen act. For all, switch on ' +
    '**Server Members Intent** on the Bot page of my application.',
  time: 'Not everybody could be looked at in time. Ask again in a minute.',
} as const

/** How many of those with a role are known, and why not all. */
function whoIsKnown(roleId: Snowflake, { members, holders, lacks = 'list' }: RoleMembers): string {
  if (holders === undefined) return `⚠️ ${LACKS[lacks]}`
  const known = `${formatNumber(members.length)} of the ${formatNumber(holders)} who have <@&${roleId}>`
  return `⚠️ ${known} are known to me. ${LACKS[lacks]}`
}

/** The same facts of the window before, as long as this one; undefined where either is not wholly known. */
async function windowBefore(
  { guildId, filter, askedAt }: SavedQuery,
  archive: ArchiveReader,
  coverage: KnownCoverage,
  ids: readonly Snowflake[],
) {
  const window = spanBefore(filter, askedAt)
  if (!window || !isWhole(coverage, window.from, window.to)) return undefined
  if (!isWhole(coverage, filter.from, filter.to)) return undefined
  const [counts, attributions] = await Promise.all([
    archive.activity(guildId, window, ids, 'executor'),
    archive.attributions(guildId, window),
  ])
  return { counts, credits: attributions }
}

/** The window before another, as long as it. */
function spanBefore({ from, to }: Filter, now: number): { from: Snowflake; to: Snowflake } | undefined {
  if (from === undefined) return undefined
  const start = timeOf(from)
  const end = to === undefined ? now : Math.min(timeOf(to), now)
  return { from: firstIdAt(start - (end - start)), to: from }
}
