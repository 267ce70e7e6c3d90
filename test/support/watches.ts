import type { Alert, Digest, Feed, Watch, WatchDefinition } from '../../src/core/watch/watch.ts'

/** A feed of everything. */
export const FEED: Feed = { type: 'feed', filter: {} }

/** An alert of bans. */
export const ALERT: Alert = {
  type: 'alert',
  rule: { type: 'actions', kinds: { anyOf: [22] }, names: 'Member Ban Add' },
  count: 5,
  within: 600_000,
  per: 'moderator',
  exempt: { userIds: [], roleIds: [] },
}

/** A digest of each week. */
export const DIGEST: Digest = { type: 'digest', every: 'week', at: 9 * 60 }

/** The first watch of a guild, which posts in channel 5 and has posted nothing. */
export function watchOf<Definition extends WatchDefinition>(
  definition: Definition,
  given: Partial<Watch<Definition>> = {},
): Watch<Definition> {
  return {
    guildId: '9',
    number: 1,
    channelId: '5',
    definition,
    setBy: '7',
    setAt: '1574743715870670857',
    position: 0,
    ...given,
  }
}
