import type { Snowflake } from '../core/snowflake.ts'
import type { Reply } from './reply.ts'

/** A message that Custos posts by itself. */
export interface ChannelMessage extends Reply {
  /** The role that it pings: the only mention that notifies anybody. */
  readonly pingRoleId?: Snowflake | undefined
}
