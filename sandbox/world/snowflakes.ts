const DISCORD_EPOCH = 1_420_070_400_000n

/**
 * Makes ids as Discord does: the time in the upper bits, a counter in the lower 22.
 * https://docs.discord.com/developers/reference#snowflakes
 */
export class Snowflakes {
  #count = 0n

  /** @param time milliseconds since the Unix epoch */
  make(time: number): string {
    this.#count = (this.#count + 1n) & 0x3fffffn
    return String(((BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n) | this.#count)
  }
}

/** The time an id was made, in milliseconds since the Unix epoch. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH)
}
