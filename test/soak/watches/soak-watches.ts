import type { Discord } from '../../../sandbox/discord.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { timeOf } from '../../../sandbox/world/snowflakes.ts'
import { textOf } from '../../support/read.ts'
import { isAnswered } from '../answers.ts'
import type { SoakDatabase } from '../database.ts'
import { alertsOf } from './alerts.ts'
import { digestsOf, wrongReport } from './digests.ts'
import { feedsOf } from './feeds.ts'
import type { LogChannels } from './log-channels.ts'
import { type ShownPost, shownPosts } from './shown-posts.ts'
import type { WatchSpec } from './watch-spec.ts'

interface Options {
  readonly discord: Discord
  readonly town: Town
  readonly guilds: readonly Guild[]
  readonly channels: ReadonlyMap<Guild, LogChannels>
  readonly database: SoakDatabase
  readonly random: Random
  /** What is set in a guild: everything by default. */
  readonly specsFor?: (town: Town, channels: LogChannels) => readonly WatchSpec[]
}

/** How many differences of a watch are listed. */
const MOST_LISTED = 5

/** How often it is tried to set a watch. */
const MOST_TRIES = 3

/** The button under the preview of an alert. */
const SET = 'Set this alert'

/** A feed, alert or digest that a moderator has set, or may have set: the answer can have been lost. */
interface SetWatch {
  readonly guild: Guild
  readonly spec: WatchSpec
  /** The ids of the interactions of which one has set it: a command or, for an alert, its button. */
  readonly interactions: string[]
  /** Its number in the guild, and the interaction that set it; undefined until it is known that it was set. */
  number: number | undefined
  setAt: string | undefined
  isRemoved: boolean
  /** Whether it is not judged. */
  isExcused: boolean
  /** The numbers of its posts that are stored. */
  stored: ReadonlySet<number>
}

/** The feeds, alerts and digests that moderators have set during a soak, and what became of them. */
export class SoakWatches {
  readonly #options: Options
  readonly #watches: SetWatch[] = []
  /** Whether Discord's dates were wrong, so that reports can have come too early, since digests were last set. */
  #areDigestsExcused = false
  readonly #checkedReports = new Set<string>()
  /** What was wrong with reports when they were posted. */
  readonly #wrongReports: string[] = []

  constructor(options: Options) {
    this.#options = options
    options.discord.conversation.onChange = (message) => this.#checkReport(message)
  }

  /** Sets everything in every guild. Resolves when all is set. @throws Error if something is not */
  async setAll(): Promise<void> {
    for (const guild of this.#options.guilds)
      for (const spec of this.#specsOf(guild)) await this.#setSurely(guild, spec)
  }

  /** Sets a watch, also on a host that is so slow that an answer comes too late. */
  async #setSurely(guild: Guild, spec: WatchSpec): Promise<void> {
    const isSet = () =>
      this.#known.some((watch) => watch.guild === guild && !watch.isRemoved && isSame(watch.spec, spec))
    for (let tries = 1; !isSet(); tries++) {
      if (tries > MOST_TRIES)
        throw new Error(`/custos ${spec.type} add ${JSON.stringify(spec.values)} fails.`)
      await this.#set(guild, spec).catch(() => {})
      await this.#learn()
    }
  }

  /** A moderator sets a feed, alert or digest, or removes one, and may get no answer. */
  async change(): Promise<void> {
    const { database, guilds, random } = this.#options
    if (!database.isUp) return
    await this.#learn()
    const guild = random.pick(guilds)
    const set = this.#watches.filter((watch) => watch.guild === guild && watch.number && !watch.isRemoved)
    if (set.length === 0 || random.chance(0.6)) {
      this.#set(guild, random.pick(this.#specsOf(guild))).catch(() => {})
      return
    }
    const { spec, number } = random.pick(set)
    this.#clientIn(guild).send(`custos ${spec.type} remove`, { id: String(number) })
  }

  /**
   * Discord dates responses ahead: a report of what is not over yet can come, after which none comes for as long. What the
   * digests do until they are set again is not judged.
   */
  excuseDigests(): void {
    this.#areDigestsExcused = true
    for (const watch of this.#watches) watch.isExcused ||= watch.spec.type === 'digest'
  }

  /** Removes the digests that are not judged, and sets them again. */
  async renewDigests(): Promise<void> {
    if (!this.#areDigestsExcused) return
    await this.#learn()
    for (const { guild, number, isExcused, isRemoved } of this.#known)
      if (isExcused && !isRemoved)
        await this.#clientIn(guild).command('custos digest remove', { id: String(number) })
    this.#areDigestsExcused = false
    for (const guild of this.#options.guilds)
      for (const spec of this.#specsOf(guild)) if (spec.type === 'digest') await this.#setSurely(guild, spec)
  }

  /** How many feeds, alerts and digests were set, and how many messages they have posted. */
  get counts(): { readonly watches: number; readonly posts: number } {
    return { watches: this.#known.length, posts: this.#posts().length }
  }

  /** Compares every post with what happened. @returns the differences, a line each */
  async problems(): Promise<string[]> {
    await this.#learn()
    const posts = this.#posts()
    const known = this.#known
    const isOf = ({ spec, number }: SetWatch, post: ShownPost) =>
      post.channelId === spec.values.to && post.watch === number
    return [
      ...posts
        .filter((post) => !known.some((watch) => isOf(watch, post)))
        .map(({ message }) => `The message ${message.id} is of no watch: ${JSON.stringify(message.body)}`),
      ...known.flatMap((watch) =>
        this.#problemsOf(
          watch,
          posts.filter((post) => isOf(watch, post)),
        ),
      ),
      ...this.#wrongReports,
    ]
  }

  #problemsOf(watch: SetWatch, posts: readonly ShownPost[]): string[] {
    const { guild, spec, setAt = '0', stored, isExcused, isRemoved } = watch
    if (isExcused) return []
    const first = BigInt(setAt)
    const entries = guild.log.since(timeOf(setAt)).filter(({ id }) => BigInt(id) >= first)
    const { world } = this.#options.discord
    const truth = { entries, setAt: timeOf(setAt), now: world.now(), stored, isRemoved }
    const problems = spec.judge(posts, truth)
    const rest = problems.length - MOST_LISTED
    const lines = [...problems.slice(0, MOST_LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])]
    return lines.map((line) => `${nameOf(watch)}: ${line}`)
  }

  /** A report is compared when it is posted: entries that are added to the log later are not in it. */
  #checkReport(message: Message): void {
    // Discord drops the embeds of a bot that lacks a permission. They are edited in.
    if (this.#checkedReports.has(message.id) || textOf(message) === '' || this.#areDigestsExcused) return
    this.#checkedReports.add(message.id)
    for (const post of shownPosts([message], this.#options.town.bot.id)) {
      const guild = this.#options.guilds.find(({ channels }) => channels.has(post.channelId))
      const wrong = guild ? wrongReport(post, guild.log.since()) : []
      this.#wrongReports.push(...wrong.map((line) => `${guild?.name}: ${line}`))
    }
  }

  /** Reads what is set: a command can work although its answer is lost. */
  async #learn(): Promise<void> {
    const { database } = this.#options
    const rows = await database.rows('SELECT number, CAST(set_at AS TEXT) AS set_at FROM watch')
    const posts = await database.rows('SELECT CAST(guild_id AS TEXT) AS guild, watch, number FROM post')
    const numbers = new Map(rows.map(({ number, set_at }) => [String(set_at), Number(number)]))
    for (const watch of this.#watches) {
      const setAt = watch.interactions.find((id) => numbers.has(id))
      watch.isRemoved = setAt === undefined
      watch.setAt ??= setAt
      watch.number ??= numbers.get(setAt ?? '')
      const own = posts.filter((post) => post.guild === watch.guild.id && Number(post.watch) === watch.number)
      watch.stored = new Set(own.map(({ number }) => Number(number)))
    }
  }

  get #known(): SetWatch[] {
    return this.#watches.filter(({ number }) => number !== undefined)
  }

  #posts(): ShownPost[] {
    const { discord, town } = this.#options
    return shownPosts(discord.conversation.messages.values(), town.bot.id).filter(
      ({ channelId }) => !discord.world.directChannels.has(channelId),
    )
  }

  #specsOf(guild: Guild): readonly WatchSpec[] {
    const { channels, town, specsFor = everySpec } = this.#options
    const own = channels.get(guild)
    return own ? specsFor(town, own) : []
  }

  /** Sets a watch. Resolves when the last interaction is answered. @throws if one is not */
  async #set(guild: Guild, spec: WatchSpec): Promise<void> {
    const client = this.#clientIn(guild)
    const reply = client.send(`custos ${spec.type} add`, spec.values)
    const interactions = [reply.interaction.id]
    this.#watches.push({
      guild,
      spec,
      interactions,
      number: undefined,
      setAt: undefined,
      isRemoved: false,
      isExcused: spec.type === 'digest' && this.#areDigestsExcused,
      stored: new Set(),
    })
    await reply.until(() => isAnswered(reply))
    if (!buttonsOf(reply.message).some(({ label }) => label === SET)) return
    const pressed = client.sendClick(reply.message, SET)
    interactions.push(pressed.interaction.id)
    await pressed.until((outcomes) => outcomes.some(({ type }) => type === 'shown' || type === 'edited'))
  }

  #clientIn(guild: Guild): MemberClient {
    const { discord, town } = this.#options
    const [channelId = ''] = town.channels
    const location = { guild, channelId, applicationId: town.bot.id }
    return new MemberClient(discord, town.moderators[0]?.id ?? '', location)
  }
}

function isSame(one: WatchSpec, other: WatchSpec): boolean {
  return one.type === other.type && JSON.stringify(one.values) === JSON.stringify(other.values)
}

function everySpec(town: Town, channels: LogChannels): WatchSpec[] {
  return [...feedsOf(town, channels), ...alertsOf(town, channels), ...digestsOf(channels)]
}

function nameOf({ guild, spec, number }: SetWatch): string {
  const { type, values } = spec
  return `${type} ${number} of ${guild.name} ${JSON.stringify(values)}`
}
