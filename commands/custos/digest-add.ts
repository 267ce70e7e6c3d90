import { subcommand } from '../../src/command/command.ts'
import { choiceOption, required, roleOption, stringOption } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { parseTimeOfDay } from '../../src/core/time/time-of-day.ts'
import { nextPeriod } from '../../src/core/watch/digests/schedule.ts'
import { namedInWatch } from '../../src/view/watch/describe-watch.ts'
import { digestPreview } from '../../src/view/watch/digest-preview.ts'
import { watchSetReply } from '../../src/view/watch/watch-changed.ts'
import { requireSettable, setWatch, toOption } from './set-watch.ts'

const DEFAULT_TIME = '09:00'

export const digestAdd = subcommand({
  name: 'add',
  description:
    'Report in a channel after each day, week or month: who did how much, who is quiet, what stands out',
  options: {
    to: toOption,
    every: required(
      choiceOption('What each report is about; weeks begin on Monday', ['day', 'week', 'month']),
    ),
    at: stringOption(`Time of day in the server’s time zone: 9, 9:30, 9pm (default ${DEFAULT_TIME})`, {
      suggests: 'times of day',
      maxLength: 100,
    }),
    role: roleOption('List the members of this role, such as Moderator (default everyone who has moderated)'),
  },
  draft({ to, every, at = DEFAULT_TIME, role: roleId }, { guildId }) {
    return {
      filter: {},
      order: 'newest',
      public: false,
      syncBackTo: 'none',
      newWatch: {
        channelId: to,
        definition: {
          type: 'digest',
          every,
          at: requireTimeOfDay(at),
          // The id of @everyone is the guild's own.
          ...(roleId !== undefined && roleId !== guildId && { roleId }),
        },
      },
    }
  },
  async answer({ query, archive, context }) {
    const { guildId, newWatch } = query
    if (newWatch?.definition.type !== 'digest') throw new Error('A digest is added without a definition.')
    const { channelId, definition } = newWatch
    await requireSettable({ guildId, archive, context }, newWatch)
    const obstacle = await context.obstacleIn(channelId, true)
    const watch = await setWatch(context, newWatch)
    const first = nextPeriod(definition, context.now, context.timeZone)
    return watchSetReply(
      watch,
      await archive.names(guildId, namedInWatch(watch)),
      digestPreview(definition, first, context.timeZone, obstacle),
    )
  },
})

/** @throws UserError for a text that is not a time of day */
function requireTimeOfDay(text: string): number {
  const minutes = parseTimeOfDay(text)
  if (minutes !== undefined) return minutes
  throw new UserError(
    `“${escapeMarkdown(text, 40)}” is not a time of day. \`at\` accepts \`9\`, \`9:30\`, \`21:00\`, \`9pm\`, in the ` +
      'server’s time zone.',
  )
}
