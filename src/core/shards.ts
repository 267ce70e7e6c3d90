/** More shards than any bot has: Discord recommends about one per 1,000 guilds. */
export const MAX_SHARDS = 10_000
