import type { APIUser } from 'discord-api-types/v10'
import type { JsonObject } from './json.ts'

/** A file that was sent with a message. */
export interface SentFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A message as Discord stores it. */
export interface Message {
  readonly id: string
  readonly channelId: string
  readonly author: APIUser
  /** The id of the only member who sees it; null if everyone in the channel does. */
  readonly ephemeralTo: string | null
  /** The application whose interaction it answers; null for any other message. */
  readonly applicationId: string | null
  /** Content, embeds, components, attachments and mentions, in the shape Discord returns. */
  body: JsonObject
  /** Who was notified when it was posted: ids of users and roles, and `everyone`. Edits notify nobody. */
  pinged: readonly string[]
  files: readonly SentFile[]
  /** Whether it is a deferred response that shows “Custos is thinking…”. */
  thinking: boolean
  deleted: boolean
  editedAt: number | null
}
