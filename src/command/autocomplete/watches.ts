import type { ArchiveReader } from '../../core/archive.ts'
import { truncate } from '../../core/text/escape.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import type { WatchType } from '../../core/watch/watch.ts'
import { plainFormatter } from '../../view/text/formatter.ts'
import { describeWatch, namedInWatch } from '../../view/watch/describe-watch.ts'
import { MAX_CHOICE_LENGTH, type Suggestion } from '../option.ts'

/** The feeds, alerts or digests of a guild whose number, channel or description contains a text, by number. */
export async function watchSuggestions(
  type: WatchType,
  typed: string,
  { guildId, timeZone }: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  const watches = (await archive.watches(guildId)).filter(({ definition }) => definition.type === type)
  const names = await archive.names(guildId, watches.flatMap(namedInWatch))
  const formatter = plainFormatter(names, timeZone)
  return watches.flatMap(({ number, channelId, definition }) => {
    const described = describeWatch(definition, names, formatter)
    const label = `${number} · ${formatter.channel(channelId)} · ${described}`
    return label.toLowerCase().includes(typed.toLowerCase())
      ? [{ name: truncate(label, MAX_CHOICE_LENGTH), value: String(number) }]
      : []
  })
}
