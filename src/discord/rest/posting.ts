import { RESTJSONErrorCodes as Code, MessageFlags, type REST, Routes } from 'discord.js'
import type { ChannelMessage } from '../../command/command.ts'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import type { DeliveryResult, FoundMessage } from '../../core/watch/delivery-result.ts'
import type { Obstacle } from '../../core/watch/watch.ts'
import type { ReadBudget } from '../../sync/budget/read-budget.ts'
import { messageRequest } from '../interactions/message-request.ts'
import { hasCode, isRejected, isUnknownMessage } from './errors.ts'
import { ChannelAccess, type Place } from './posting/channel-access.ts'
import { findMessage } from './posting/find-message.ts'
import { takeTurns } from './posting/post-client.ts'
import { isRefusal } from './posting/refusals.ts'

/** How long a post waits for Discord, in milliseconds, with the wait for the limit of its channel. */
const TIMEOUT = 15_000

interface Deps {
  /** The client that posts, from `createPostClient`. */
  readonly rest: REST
  readonly budget: Pick<ReadBudget, 'run' | 'waiting'>
  /** The id of Custos; undefined until Discord has said it. */
  readonly ownId: () => Snowflake | undefined
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** A message as Discord accepts it. */
type SentMessage = ReturnType<typeof messageRequest>

/** Posts in channels. https://docs.discord.com/developers/resources/message#create-message */
export function createPosting({ rest, budget, ownId, clock, signal, ...deps }: Deps) {
  takeTurns(rest, budget)
  const access = new ChannelAccess({ rest, ownId, signal })
  const limit = { clock, timeout: TIMEOUT, signal }
  /** Where a failure is logged, which one is not when Custos stops. */
  const logOf = ({ guildId, channelId }: Place): Log =>
    (signal.aborted ? SILENT : deps.log).child({ guild: guildId, channel: channelId })

  /** What keeps Custos from posting, after Discord has refused a post. */
  const obstacleAfter = async (place: Place, hasFiles: boolean): Promise<Obstacle> => {
    const read = () => access.obstacleIn(place, { hasFiles })
    const obstacle = await inTime(limit, read, () => undefined).catch(() => undefined)
    return obstacle ?? { type: 'permissions', permissions: [] }
  }

  /** Sends or edits a message. */
  const deliver = async (
    place: Place,
    message: ChannelMessage,
    request: (over: AbortSignal) => Promise<unknown>,
  ): Promise<DeliveryResult> => {
    try {
      const response = await inTime(limit, request, late)
      const id = idIn(response)
      if (id === undefined) throw new Error('Discord’s response is not a message.')
      if (isWhole(response, message)) return { type: 'sent', messageId: id }
      return { type: 'refused', obstacle: { type: 'permissions', permissions: ['EmbedLinks'] } }
    } catch (error) {
      if (isUnknownMessage(error)) return { type: 'deleted' }
      if (hasCode(error, Code.UnknownChannel)) return { type: 'refused', obstacle: { type: 'channel' } }
      if (isRefusal(error)) {
        const hasFiles = (message.files ?? []).length > 0
        return { type: 'refused', obstacle: await obstacleAfter(place, hasFiles) }
      }
      if (isRejected(error)) {
        const log = logOf(place)
        log.error({ err: error }, 'Discord rejected a post.')
        return { type: 'invalid' }
      }
      const log = logOf(place)
      log.warn({ err: error }, 'Posting failed. It is tried again.')
      return { type: 'unknown' }
    }
  }

  return {
    /** Sends a message; with the nonce of an earlier one, within a minute, it gives that one. */
    async send(place: Place, message: ChannelMessage, nonce: string): Promise<DeliveryResult> {
      const path = Routes.channelMessages(place.channelId)
      const options = requestOf(message, { nonce, enforce_nonce: true })
      return deliver(place, message, async (over) => {
        const sent = await rest.post(path, { ...options, signal: over })
        const id = idIn(sent)
        if (id === undefined || (isWhole(sent, message) && hasSameMenus(sent, message))) return sent
        // It was there already: from when Custos was not allowed to embed, or from before an older archive was restored.
        const again = { ...requestOf(message), signal: over }
        return rest.patch(Routes.channelMessage(place.channelId, id), again)
      })
    },

    async edit(place: Place, messageId: Snowflake, message: ChannelMessage): Promise<DeliveryResult> {
      const path = Routes.channelMessage(place.channelId, messageId)
      return deliver(place, message, async (over) => {
        const change = () => rest.patch(path, { ...requestOf(message), signal: over })
        try {
          return await change()
        } catch (error) {
          if (!hasCode(error, Code.InvalidActionOnArchivedThread)) throw error
          // A new post opens an archived thread by itself; an edit does not.
          // https://docs.discord.com/developers/resources/channel#modify-channel
          await rest.patch(Routes.channel(place.channelId), { body: { archived: false }, signal: over })
          return change()
        }
      })
    },

    /** How many edits wait for their turn, in all channels. */
    editsWaiting: () => budget.waiting.edit,

    /** Looks for a message that Custos sent after a moment, by a custom id in it. */
    async find(place: Place, after: number, marker: string): Promise<FoundMessage> {
      const search = (over: AbortSignal) =>
        findMessage({ rest, access, ownId }, place, { after, marker }, over)
      try {
        return await inTime(limit, search, late)
      } catch (error) {
        if (isRefusal(error)) return { type: 'refused', obstacle: await obstacleAfter(place, false) }
        const log = logOf(place)
        log.warn({ err: error }, 'Looking for a post failed.')
        return { type: 'unknown' }
      }
    },

    /** What keeps Custos from posting there; undefined if nothing does; `unknown` if Discord did not say. */
    async obstacleIn(
      place: Place & { readonly hasFiles?: boolean },
    ): Promise<Obstacle | undefined | 'unknown'> {
      return inTime(limit, () => access.obstacleIn(place, place), late).catch((error: unknown) => {
        const log = logOf(place)
        log.warn({ err: error }, 'Reading what Custos may do in a channel failed.')
        return 'unknown' as const
      })
    },

    /** Sends a user a direct message, if they accept any. */
    async tell(userId: Snowflake, message: ChannelMessage): Promise<void> {
      const send = async (over: AbortSignal) => {
        const body = { recipient_id: userId }
        const opened = await rest.post(Routes.userChannels(), { body, signal: over })
        const id = idIn(opened)
        if (id === undefined) throw new Error('Discord’s response is not a channel.')
        await rest.post(Routes.channelMessages(id), { ...requestOf(message), signal: over })
      }
      await inTime(limit, send, late).catch((error: unknown) => {
        if (!signal.aborted) deps.log.debug({ err: error, member: userId }, 'A direct message was not sent.')
      })
    },
  }
}

function idIn(response: unknown): Snowflake | undefined {
  return isRecord(response) && isSnowflake(response.id) ? response.id : undefined
}

/** Whether Discord took the embeds. Without Embed Links, it drops them. A moderator can have hidden them, too. */
function isWhole(response: unknown, { embeds }: ChannelMessage): boolean {
  if (embeds.length === 0 || !isRecord(response)) return true
  return recordsIn(response.embeds).length > 0 || (Number(response.flags) & MessageFlags.SuppressEmbeds) !== 0
}

/** Whether a message shows the same entries as another, by what can be pressed and chosen under it. */
function hasSameMenus(response: unknown, { components }: ChannelMessage): boolean {
  if (!isRecord(response) || response.components === undefined) return true
  return menusIn(response.components) === menusIn(components)
}

function menusIn(components: unknown): string {
  const rows = recordsIn(components).map((row) =>
    recordsIn(row.components).map(({ custom_id, options }) => [
      custom_id,
      recordsIn(options).map(({ value }) => value),
    ]),
  )
  return JSON.stringify(rows)
}

/** What discord.js sends for a message: it pings the role that it names, and nobody else. */
function requestOf(message: ChannelMessage, more: object = {}): SentMessage {
  const { pingRoleId } = message
  const ping = pingRoleId !== undefined && {
    content: `<@&${pingRoleId}>`,
    allowed_mentions: { parse: [], roles: [pingRoleId] },
  }
  return messageRequest(message, { ...ping, ...more })
}

function late(): never {
  throw new Error('Discord did not respond in time.')
}
