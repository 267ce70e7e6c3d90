import { ComponentType } from 'discord-api-types/v10'
import type { Names } from '../../../core/names/names.ts'
import { type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { pluralize } from '../../../core/text/numbers.ts'
import type { Burst } from '../../../core/watch/alerts/bursts.ts'
import type { Alert, Watch } from '../../../core/watch/watch.ts'
import type { ChannelMessage } from '../../channel-message.ts'
import { button } from '../../paging.ts'
import { COLOURS } from '../../reply.ts'
import { markdownFormatter, timestamp } from '../../text/formatter.ts'
import { ruleInWords } from './alert-words.ts'
import { burstLine } from './burst-line.ts'

/** Bursts that came at once, as after an outage, beside those that have posts of their own. */
interface MoreBursts {
  readonly watch: Pick<Watch<Alert>, 'number' | 'definition'>
  /** Oldest first. */
  readonly bursts: readonly Burst[]
  readonly from: Snowflake
  readonly to: Snowflake
  readonly names: Names
  /** The custom id of the button that lists the entries. */
  readonly listId: string
}

/** How many of them are named. */
const MOST_NAMED = 10

/** Says how many more bursts there were than posts, and which. */
export function moreBurstsMessage({ watch, bursts, from, to, names, listId }: MoreBursts): ChannelMessage {
  const { definition, number } = watch
  const { pingRoleId } = definition
  const formatter = markdownFormatter(names)
  const lines = bursts.slice(-MOST_NAMED).map((burst) => `• ${burstLine(burst, definition, formatter)}`)
  const rest = bursts.length - lines.length
  return {
    embeds: [
      {
        title: `🚨 Late: ${pluralize(bursts.length, 'more warning')}`,
        description: [
          `From ${timestamp(timeOf(from), 'f')} to ${timestamp(timeOf(to), 'f')}, before the newest ones:`,
          ...(rest > 0 ? [`• ${pluralize(rest, 'earlier one')}`] : []),
          ...lines,
        ].join('\n'),
        color: COLOURS.deleted,
        footer: { text: `Alert ${number} · ${ruleInWords(definition)}` },
      },
    ],
    components: [
      { type: ComponentType.ActionRow, components: [button('Show all entries of that time', listId)] },
    ],
    ...(pingRoleId !== undefined && { pingRoleId }),
  }
}
