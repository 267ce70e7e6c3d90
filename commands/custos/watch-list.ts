import { type Subcommand, subcommand } from '../../src/command/command.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { timeOf } from '../../src/core/snowflake.ts'
import type { Watch, WatchType } from '../../src/core/watch/watch.ts'
import { namedInWatch } from '../../src/view/watch/describe-watch.ts'
import { watchListReply } from '../../src/view/watch/watch-list.ts'

/** How many of the newest posts may not be sent yet. */
const NEWEST_POSTS = 5

/** `/custos feed list`, or that of alerts or digests. */
export function watchList(type: WatchType): Subcommand {
  return subcommand({
    name: 'list',
    description: `List the ${type}s of this server: what each posts, where, and who set it`,
    options: {},
    draft: () => ({ filter: {}, order: 'newest', public: false, syncBackTo: 'none' }),
    async answer({ query: { guildId }, archive, context }) {
      const all = await archive.watches(guildId)
      const watches = all.filter(({ definition }) => definition.type === type)
      const [names, lastPosts] = await Promise.all([
        archive.names(
          guildId,
          watches.flatMap((watch) => [...namedInWatch(watch), watch.setBy]),
        ),
        Promise.all(watches.map((watch) => lastPostOf(watch, archive))),
      ])
      return watchListReply({
        type,
        listed: watches.map((watch, index) => ({ watch, lastPost: lastPosts[index] })),
        total: all.length,
        names,
        timeZone: context.timeZone,
      })
    },
  })
}

/** When a feed, alert or digest last posted, in milliseconds since the Unix epoch; undefined if no post is stored. */
async function lastPostOf({ guildId, number }: Watch, archive: ArchiveReader): Promise<number | undefined> {
  const posts = await archive.newestPosts(guildId, number, NEWEST_POSTS)
  const sent = posts.flatMap(({ delivery }) => (delivery.type === 'sent' ? [delivery.messageId] : []))
  const [last] = sent
  return last === undefined ? undefined : timeOf(last)
}
