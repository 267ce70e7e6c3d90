import type { Discord } from '../../../sandbox/discord.ts'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import type { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'
import type { SoakDatabase } from '../database.ts'
import { type FeedSpec, feedsOf } from './feeds.ts'
import { judgeFeed } from './judge-feed.ts'
import type { LogChannels } from './log-channels.ts'
import { type ShownPost, shownPosts } from './shown-posts.ts'

interface Options {
  readonly discord: Discord
  readonly town: Town
  readonly guilds: readonly Guild[]
  readonly channels: ReadonlyMap<Guild, LogChannels>
  readonly database: SoakDatabase
  readonly random: Random
}

/** A feed that a moderator has set, or may have set: the answer can have been lost. */
interface SetFeed {
  readonly guild: Guild
  readonly spec: FeedSpec
  /** The id of the interaction. */
  readonly setAt: string
  /** Its number in the guild; undefined until it is known that it was set. */
  number: number | undefined
  isRemoved: boolean
}

/** The feeds that moderators have set during a soak, and what became of them. */
export class SoakWatches {
  readonly #options: Options
  readonly #feeds: SetFeed[] = []

  constructor(options: Options) {
    this.#options = options
  }

  /** Sets every feed in every guild. Resolves when all are set. */
  async setAll(): Promise<void> {
    for (const guild of this.#options.guilds) {
      for (const spec of this.#specsOf(guild)) await this.#set(guild, spec).answered()
    }
  }

  /** A moderator sets a feed, or removes one, and may get no answer. */
  async change(): Promise<void> {
    const { database, guilds, random } = this.#options
    if (!database.isUp) return
    await this.#learn()
    const guild = random.pick(guilds)
    const set = this.#feeds.filter(
      (feed) => feed.guild === guild && feed.number !== undefined && !feed.isRemoved,
    )
    if (set.length === 0 || random.chance(0.6)) this.#set(guild, random.pick(this.#specsOf(guild)))
    else this.#clientIn(guild).send('custos feed remove', { id: String(random.pick(set).number) })
  }

  /** How many feeds, alerts and digests were set, and how many messages they have posted. */
  get counts(): { readonly watches: number; readonly posts: number } {
    return {
      watches: this.#feeds.filter(({ number }) => number !== undefined).length,
      posts: this.#posts().length,
    }
  }

  /** Compares every post with what happened. @returns the differences, a line each */
  async problems(): Promise<string[]> {
    await this.#learn()
    const posts = this.#posts()
    const known = this.#feeds.filter(({ number }) => number !== undefined)
    const isOf = ({ spec, number }: SetFeed, post: ShownPost) =>
      post.channelId === spec.values.to && post.watch === number
    return [
      ...posts
        .filter((post) => !known.some((feed) => isOf(feed, post)))
        .map(
          ({ message }) => `The message ${message.id} belongs to no feed: ${JSON.stringify(message.body)}`,
        ),
      ...known.flatMap((feed) =>
        this.#problemsOf(
          feed,
          posts.filter((post) => isOf(feed, post)),
        ),
      ),
    ]
  }

  #problemsOf({ guild, spec, setAt, number, isRemoved }: SetFeed, posts: readonly ShownPost[]): string[] {
    const entries = guild.log
      .since()
      .filter((entry) => BigInt(entry.id) >= BigInt(setAt) && spec.matches(entry))
    const name = `Feed ${number} of ${guild.name} ${JSON.stringify(spec.values)}`
    return judgeFeed(posts, { entries, isRemoved }).map((line) => `${name}: ${line}`)
  }

  /** Reads which feeds are set: a command can work although its answer is lost. */
  async #learn(): Promise<void> {
    const rows = await this.#options.database.rows('SELECT number, CAST(set_at AS TEXT) AS set_at FROM watch')
    const numbers = new Map(rows.map(({ number, set_at }) => [String(set_at), Number(number)]))
    for (const feed of this.#feeds) {
      const number = numbers.get(feed.setAt)
      feed.isRemoved = number === undefined
      feed.number ??= number
    }
  }

  #posts(): ShownPost[] {
    const { discord, town } = this.#options
    return shownPosts(discord.conversation.messages.values(), town.bot.id).filter(
      ({ channelId }) => !discord.world.directChannels.has(channelId),
    )
  }

  #specsOf(guild: Guild): FeedSpec[] {
    const channels = this.#options.channels.get(guild)
    return channels ? feedsOf(this.#options.town, channels) : []
  }

  #set(guild: Guild, spec: FeedSpec): Reply {
    const reply = this.#clientIn(guild).send('custos feed add', spec.values)
    const { id } = reply.interaction
    this.#feeds.push({ guild, spec, setAt: id, number: undefined, isRemoved: false })
    return reply
  }

  #clientIn(guild: Guild): MemberClient {
    const { discord, town } = this.#options
    const [channelId = ''] = town.channels
    const location = { guild, channelId, applicationId: town.bot.id }
    return new MemberClient(discord, town.moderators[0]?.id ?? '', location)
  }
}
