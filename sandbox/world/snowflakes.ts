const DISCORD_EPOCH = 1_420_070_400_000n

/** Makes ids as Discord does: the moment in the upper bits, a running number in the lower 22. */
export class Snowflakes {
  #count = 0n

  /** @param time milliseconds since the Unix epoch */
  make(time: number): string {
    this.#count = (this.#count + 1n) & 0x3fffffn
    return String(((BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n) | this.#count)
  }
}

/** When an id was made, in milliseconds since the Unix epoch. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH)
}

/** The first id of a moment. */
export function firstIdAt(time: number): bigint {
  return (BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n
}
