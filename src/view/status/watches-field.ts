import type { APIEmbedField } from 'discord-api-types/v10'
import type { Watch } from '../../core/watch/watch.ts'
import { EMBED } from '../reply.ts'
import { fitLines } from '../text/fit-lines.ts'
import { timestamp } from '../text/formatter.ts'
import { countWatches, watchTitle } from '../watch/describe-watch.ts'
import { describeObstacle } from '../watch/obstacle.ts'

/** How many feeds, alerts and digests are set, and why some of them do not post. None while none is set. */
export function watchesField(watches: readonly Watch[]): APIEmbedField[] {
  if (watches.length === 0) return []
  const lines = [countWatches(watches), ...watches.flatMap(pausedLine)]
  return [{ name: 'Posts', value: fitLines(() => lines, EMBED.fieldValue).lines.join('\n') }]
}

function pausedLine(watch: Watch): string[] {
  const { channelId, paused } = watch
  if (!paused) return []
  const since = timestamp(paused.since, 'R')
  return [`⚠️ ${watchTitle(watch)} in <#${channelId}> paused ${since}: ${describeObstacle(paused.obstacle)}`]
}
