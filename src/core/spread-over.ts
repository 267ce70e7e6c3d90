import type { Snowflake } from './snowflake.ts'

/** A part of a time for each guild, so that what all guilds have to do is spread evenly over it. In milliseconds. */
export function spreadOver(milliseconds: number, guildId: Snowflake): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(milliseconds))
}
