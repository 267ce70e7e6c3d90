import type { Snowflake } from './snowflake.ts'

/** Something of a guild that has a name. */
export interface Known {
  readonly id: Snowflake
  readonly is: 'user' | 'role' | 'channel'
  readonly name: string
}
