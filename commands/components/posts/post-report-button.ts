import { component } from '../../../src/command/component.ts'
import { resolveCommand } from '../../../src/command/resolve-command.ts'
import { isSnowflake, type Snowflake, timeOf } from '../../../src/core/snowflake.ts'
import { timestamp } from '../../../src/view/text/formatter.ts'
import { type PostNumbers, parsePost, watchOf } from './post-numbers.ts'

const REPORTS = ['activity', 'repeats', 'deletes'] as const

interface Params {
  readonly post: PostNumbers
  readonly report: (typeof REPORTS)[number]
  /** Where the period begins, and where it ends. */
  readonly from: Snowflake
  readonly to: Snowflake
}

/** The buttons under a digest: run `/audit activity`, `/audit repeats` or `/audit deletes` for its period. */
export const postReportButton = component<Params>({
  name: 'report',
  mode: 'ephemeral',
  audience: 'moderators',
  encode: ({ post, report, from, to }) => [post.watch, post.number, report, from, to],
  decode([watch, number, name, from, to]) {
    const post = parsePost(watch, number)
    const report = REPORTS.find((each) => each === name)
    return post && report && isSnowflake(from) && isSnowflake(to) ? { post, report, from, to } : undefined
  },
  async handle({ post, report, from, to }, request) {
    const { commands, guildId, context } = request
    const path = `audit ${report}`
    const watch = await watchOf(post, request)
    const role = watch?.definition.type === 'digest' ? watch.definition.roleId : undefined
    const draft = resolveCommand(commands, path).subcommand.parse(
      {
        since: timestamp(timeOf(from), 'f'),
        until: timestamp(timeOf(to), 'f'),
        ...(report === 'activity' && role !== undefined && { role }),
      },
      { guildId, now: context.now, timeZone: context.timeZone },
    )
    return { path, draft }
  },
})
