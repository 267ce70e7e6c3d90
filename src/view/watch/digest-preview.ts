import { periodName } from '../../core/watch/digests/period-name.ts'
import type { Period } from '../../core/watch/digests/schedule.ts'
import type { Digest, Obstacle } from '../../core/watch/watch.ts'
import { timestamp } from '../text/formatter.ts'

/**
 * When the first report of a new digest comes, and what it says.
 * @param first the period that it is about
 * @param obstacle what keeps Custos from attaching files in the channel
 */
export function digestPreview(
  { every }: Digest,
  first: Period,
  timeZone: string,
  obstacle: Obstacle | undefined | 'unknown',
): string[] {
  const name = periodName(every, first, timeZone)
  const due = `${timestamp(first.dueAt, 'F')}, ${timestamp(first.dueAt, 'R')}`
  const lacksFiles =
    typeof obstacle === 'object' &&
    obstacle.type === 'permissions' &&
    obstacle.permissions.includes('AttachFiles')
  return [
    `The first one comes ${due}: **${name}**. Times are in ${timeZone}; \`/custos settings\` changes that.`,
    'It compares what each moderator did with the time before, and shows who has gone quiet, who was punished repeatedly, ' +
      'deleted messages, punishments without a reason or reversed within a day, and a chart.',
    ...(lacksFiles ? ['⚠️ Without **Attach Files** in that channel, it comes without the chart.'] : []),
  ]
}
