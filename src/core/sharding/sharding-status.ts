/** What a process does about shards, as it is seen from outside. */
export type ShardingStatus =
  /** The archive or Discord cannot be reached yet. */
  | { readonly type: 'starting' }
  /** Other processes serve all shards. It can claim a block that becomes free unless its last attempt failed. */
  | { readonly type: 'standing by'; readonly canClaim: boolean }
  /** It is the only process, and serves all shards. */
  | { readonly type: 'alone' }
  /** It serves one of the blocks of shards. */
  | {
      readonly type: 'serving'
      readonly block: number
      /** The shards in it. */
      readonly ids: readonly number[]
      /** How many shards the bot has. */
      readonly count: number
      /** For how long it can rely on its lease, in milliseconds; 0 when that could not be renewed in time. */
      readonly validFor: number
    }
