import { type REST, Routes } from 'discord.js'
import { isRecord, recordsIn } from '../../../core/json.ts'
import { compareIds, isSnowflake, lastIdBefore, type Snowflake } from '../../../core/snowflake.ts'
import type { FoundMessage } from '../../../core/watch/delivery-result.ts'
import type { ChannelAccess, Place } from './channel-access.ts'

/** The most messages that Discord returns at once. */
const PAGE_SIZE = 100

/** How many pages are read. More were posted in a channel that is too busy to search. */
const MAX_PAGES = 5

interface Deps {
  readonly rest: REST
  readonly access: Pick<ChannelAccess, 'readsHistoryOf'>
  readonly ownId: () => Snowflake | undefined
}

interface Search {
  /** In milliseconds since the Unix epoch. */
  readonly after: number
  /** A custom id that only the message has. */
  readonly marker: string
}

/**
 * Looks for a message of Custos in a channel, by a custom id in it, from a moment on.
 * https://docs.discord.com/developers/resources/message#get-channel-messages
 * @throws if Discord did not answer
 */
export async function findMessage(
  { rest, access, ownId }: Deps,
  place: Place,
  { after, marker }: Search,
  signal: AbortSignal,
): Promise<FoundMessage> {
  let last = lastIdBefore(after)
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({ after: last, limit: String(PAGE_SIZE) })
    const messages = recordsIn(await rest.get(Routes.channelMessages(place.channelId), { query, signal }))
    const found = messages.find(
      ({ author, components }) =>
        isRecord(author) && author.id === ownId() && customIdsIn(components).includes(marker),
    )
    if (isSnowflake(found?.id)) return { type: 'found', messageId: found.id }
    if (messages.length < PAGE_SIZE) {
      // Without the permission, Discord says that there are none.
      return { type: (await access.readsHistoryOf(place)) ? 'absent' : 'unreadable' }
    }
    const ids = messages.map(({ id }) => id).filter(isSnowflake)
    last = ids.toSorted(compareIds).at(-1) ?? last
  }
  return { type: 'unreadable' }
}

/** The custom ids in components, at any depth. */
function customIdsIn(components: unknown): unknown[] {
  return recordsIn(components).flatMap(({ custom_id, components: inner, accessory }) => [
    custom_id,
    ...customIdsIn(inner),
    ...customIdsIn([accessory]),
  ])
}
