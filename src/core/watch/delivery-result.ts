import type { Snowflake } from '../snowflake.ts'
import type { Obstacle } from './watch.ts'

/** What came of sending or editing a message. */
export type DeliveryResult =
  | { readonly type: 'sent'; readonly messageId: Snowflake }
  /** Nothing can be posted there until something is changed. */
  | { readonly type: 'refused'; readonly obstacle: Obstacle }
  /** The message to edit was deleted. */
  | { readonly type: 'deleted' }
  /** Discord does not accept the message, whose rendering has a bug. It was logged. */
  | { readonly type: 'invalid' }
  /** Discord did not answer: the message may be there or not. */
  | { readonly type: 'unknown' }

/** A sent message that is looked for. */
export type FoundMessage =
  | { readonly type: 'found'; readonly messageId: Snowflake }
  | { readonly type: 'absent' }
  /** Custos may not view the channel, or there is none. */
  | Extract<DeliveryResult, { type: 'refused' }>
  /** Custos may not read the channel's history, or too much has been posted there since. */
  | { readonly type: 'unreadable' }
  /** Discord did not answer. */
  | { readonly type: 'unknown' }
