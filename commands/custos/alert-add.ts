import { type CommandRequest, type ConfirmedRequest, subcommand } from '../../src/command/command.ts'
import type { CommandContext } from '../../src/command/context.ts'
import { choiceOption, integerOption, required, roleOption, stringOption } from '../../src/command/option.ts'
import { mayLackEntries } from '../../src/core/coverage/gaps.ts'
import { UserError } from '../../src/core/errors.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { DAY } from '../../src/core/time/units.ts'
import { filterOfAlert, isAboutReading } from '../../src/core/watch/alerts/actions.ts'
import { parsePer } from '../../src/core/watch/alerts/parse-per.ts'
import { parseRule } from '../../src/core/watch/alerts/parse-rule.ts'
import { parseWithin } from '../../src/core/watch/alerts/parse-within.ts'
import { type AlertPreview, previewOf } from '../../src/core/watch/alerts/preview.ts'
import type { Alert } from '../../src/core/watch/watch.ts'
import type { Reply } from '../../src/view/reply.ts'
import { alertPreviewReply } from '../../src/view/watch/alert/preview.ts'
import { namedInWatch } from '../../src/view/watch/describe-watch.ts'
import { watchSetReply } from '../../src/view/watch/watch-changed.ts'
import { cancelButton } from '../components/cancel-button.ts'
import { confirmButton } from '../components/confirm-button.ts'
import { requireSettable, setWatch, toOption } from './set-watch.ts'

/** How far back it is shown what an alert would have done, in milliseconds. */
const PREVIEW = 90 * DAY

export const alertAdd = subcommand({
  name: 'add',
  description: 'Warn when something is done often within a short time. First shows how often that was so',
  options: {
    to: toOption,
    action: required(
      stringOption('Ready rule (Mass deletes), or actions, groups or categories, separated by commas', {
        suggests: 'alert actions',
        maxLength: 1000,
      }),
    ),
    count: integerOption('How many actions, deleted messages or moved members make it warn', 1, 100_000),
    within: stringOption('In which time: 30s, 10m, 1 hour', { maxLength: 50 }),
    per: choiceOption('Whose actions are counted together (default moderator; target for AutoMod)', [
      'moderator',
      'target',
      'server',
    ]),
    ping: roleOption('Role to ping. You must be allowed to mention it'),
    exempt: stringOption('Members and roles whose actions are not counted: mentions, ids or names', {
      suggests: 'names',
      maxLength: 1000,
    }),
  },
  draft({ to: channelId, action, count, within, per, ping, exempt }, { now }) {
    const rule = parseRule(action)
    const definition: Alert = {
      type: 'alert',
      ...rule,
      ...(count !== undefined && { count }),
      ...(within !== undefined && { within: parseWithin(within) }),
      per: parsePer(rule.rule, per),
      ...(ping !== undefined && { pingRoleId: ping }),
      exempt: { userIds: [], roleIds: [] },
    }
    return {
      // The window of the preview, which the log is read for.
      filter: isAboutReading(definition)
        ? {}
        : { ...filterOfAlert(definition), from: firstIdAt(now - PREVIEW) },
      newWatch: { channelId, definition },
      ...(exempt !== undefined && { exempt }),
      order: 'newest',
      public: false,
      ...(isAboutReading(definition) && { syncBackTo: 'none' as const }),
    }
  },
  async answer({ query, number, archive, coverage, context, notice }) {
    const { guildId, askerId, timeZone } = query
    const { channelId, definition: alert } = alertIn(query)
    requirePing(context, guildId, alert.pingRoleId)
    await requireSettable({ guildId, archive, context }, { channelId, definition: alert })
    const preview = isAboutReading(alert)
      ? undefined
      : await preview90Days({ query, archive, coverage, context }, alert)
    return alertPreviewReply({
      alert,
      channelId,
      preview,
      coverage,
      isIncomplete: preview !== undefined && mayLackEntries(coverage, preview.from, undefined),
      timeZone,
      names: await archive.names(guildId, namedIn(alert, preview)),
      canPing:
        alert.pingRoleId === undefined ||
        context.isMentionable(alert.pingRoleId) ||
        context.hasOwnPermission('MentionEveryone'),
      notice,
      confirmId: confirmButton.toCustomId(askerId, { number, announced: undefined }),
      cancelId: cancelButton.toCustomId(askerId, number),
    })
  },
  confirmation: {
    // The role was checked when the button was sent. Whether Custos can post is checked when it is set.
    check: async () => {},
    run: set,
  },
})

async function set({ query, archive, context }: ConfirmedRequest): Promise<Reply> {
  const draft = alertIn(query)
  await requireSettable({ guildId: query.guildId, archive, context }, draft)
  const watch = await setWatch(context, draft)
  return watchSetReply(watch, await archive.names(query.guildId, namedInWatch(watch)))
}

/** The alert that a query is about. */
function alertIn({ newWatch }: SavedQuery): { readonly channelId: Snowflake; readonly definition: Alert } {
  if (newWatch?.definition.type !== 'alert') throw new Error('An alert is added without its rule.')
  const { channelId, definition } = newWatch
  return { channelId, definition }
}

/** @throws UserError if the member may not mention a role */
function requirePing(context: CommandContext, guildId: Snowflake, roleId: Snowflake | undefined): void {
  if (roleId === undefined) return
  if (roleId === guildId) {
    throw new UserError('An alert does not ping @everyone. Choose a role of those who should see it.')
  }
  if (context.hasPermission('MentionEveryone') || context.isMentionable(roleId)) return
  throw new UserError(
    `You may not mention <@&${roleId}>, so Custos does not ping it for you. Choose a role that everyone may mention, or ` +
      'ask somebody with the **Mention Everyone** permission to set this alert.',
  )
}

function preview90Days(
  { query, archive, coverage, context }: Pick<CommandRequest, 'query' | 'archive' | 'coverage' | 'context'>,
  alert: Alert,
): Promise<AlertPreview> {
  const { guildId, askedAt } = query
  const { to = '0' } = filterOf(query)
  const source = {
    guildId,
    archive,
    rolePermissions: () =>
      context.rolePermissions().catch(() => {
        throw new UserError(
          'Discord did not say what the roles of this server permit. Try again in a minute.',
        )
      }),
    withRole: async (roleIds: readonly Snowflake[], members: readonly Snowflake[]) => {
      const holders = await Promise.all(roleIds.map((roleId) => context.roleMembers(roleId, members)))
      const ids = holders.flatMap((role) => role.members.map(({ id }) => id))
      return ids.filter((id) => members.includes(id))
    },
  }
  return previewOf(source, alert, { to, now: askedAt, knownFrom: coverage.ranges[0]?.start ?? '0' })
}

/** The ids that the preview shows by name. */
function namedIn({ pingRoleId, exempt }: Alert, preview: AlertPreview | undefined): string[] {
  const keys = preview?.bursts.map(({ key }) => key) ?? []
  const ids = [pingRoleId, ...exempt.userIds, ...exempt.roleIds, ...keys]
  return [...new Set(ids.filter((id) => id !== undefined && id !== null))]
}
