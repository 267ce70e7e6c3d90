import type { Snowflake } from '../core/snowflake.ts'
import type { Reply } from './reply.ts'

/** A message that Custos posts by itself. */
export interface ChannelMessage extends Reply {
  /** The role that it pings: the only mention that notifies anybody. */
  readonly pingRoleId?: Snowflake | undefined
  /** The same message for channels in which Custos may not attach files; absent if it has none, or is nothing without. */
  readonly withoutFiles?: ChannelMessage | undefined
}
