import type { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import type { JsonObject } from './json.ts'

/** Something that happened in a guild, sent to every gateway session that may receive it. */
export interface WorldEvent {
  readonly event: GatewayDispatchEvents
  readonly guildId: string
  /** The payload for a bot that can see everything. */
  readonly data: JsonObject
  /** The payload for one bot, if payloads differ; undefined if that bot receives none. */
  readonly dataFor?: (botId: string) => JsonObject | undefined
  readonly intent: GatewayIntentBits
  readonly permission?: bigint
  /** The user the event is about: a bot receives events about itself without the intent. */
  readonly aboutUser?: string
}
