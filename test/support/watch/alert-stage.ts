import type { Archive } from '../../../src/core/archive.ts'
import type { ReadOutcome } from '../../../src/core/coverage/sync-status.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import type { Alert, Watch } from '../../../src/core/watch/watch.ts'
import type { ChannelMessage } from '../../../src/view/channel-message.ts'
import { AlertRunner } from '../../../src/watch/alerts/alert-runner.ts'
import type { Plan } from '../../../src/watch/runner.ts'
import { entryOf } from '../entries/entries.ts'
import { namedEntity, observationOf } from '../entries/names.ts'

const CHANNEL = '700000000000000001'
const ADMIN = '700000000000000002'

let serial = 0

/** An entry of a test: who did what, when, to whom. */
export interface Act {
  readonly at: number
  readonly type?: number
  readonly by?: Snowflake | null
  readonly on?: Snowflake
  readonly count?: number
  readonly reason?: string
  readonly changes?: readonly object[]
  readonly options?: Readonly<Record<string, string>>
}

/** An alert in a guild of its own, whose posts are delivered to a list instead of Discord. */
export class AlertStage {
  readonly guildId: Snowflake
  /** Which roles a member has; missing members lead to an error, as when Discord does not answer. */
  readonly rolesOfMembers = new Map<Snowflake, readonly Snowflake[]>()
  /** What roles permit; undefined if Discord does not say. */
  permissions: ReadonlyMap<Snowflake, bigint> | undefined = new Map()
  lastRead: ReadOutcome | undefined = 'read'
  /** The kinds whose counts were asked for, and whether any entry was new. */
  readonly recounts: [kinds: number[], areNew: boolean][] = []
  /** What is shown, by the number of the post. */
  readonly shown = new Map<number, ChannelMessage>()
  /** How often a post was sent, and how often one was edited. */
  sent = 0
  edited = 0
  readonly #archive: Archive
  readonly #start: number
  #ids = 0n

  constructor(archive: Archive, start = Date.UTC(2026, 9, 1)) {
    this.#archive = archive
    this.#start = start
    this.guildId = String(BigInt(firstIdAt(Date.UTC(2020, 0, 1))) + BigInt(++serial))
  }

  /** Sets the alert. */
  async set(definition: Partial<Alert>, at = 0): Promise<Watch<Alert>> {
    const alert: Alert = {
      type: 'alert',
      rule: { type: 'actions', kinds: { anyOf: [22] }, names: 'Member Ban Add' },
      count: 3,
      within: 60_000,
      per: 'moderator',
      exempt: { userIds: [], roleIds: [] },
      ...definition,
    }
    const change = { id: firstIdAt(this.#start + at), by: ADMIN }
    const draft = { channelId: CHANNEL, definition: alert }
    if (!(await this.#archive.addWatch(this.guildId, change, draft))) throw new Error('It was not set.')
    const names = ['6', '7', '12'].map((id) => observationOf(namedEntity(id, 'user', `mod${id}`)))
    await this.#archive.record([{ guildId: this.guildId, entries: [], names, from: 'gateway' }])
    return this.watch()
  }

  async watch(): Promise<Watch<Alert>> {
    const watch = (await this.#archive.watches(this.guildId)).at(-1)
    if (watch?.definition.type !== 'alert') throw new Error('There is no alert.')
    return { ...watch, definition: watch.definition }
  }

  /** The id of an entry at a moment after the start, in milliseconds; each is another. */
  idAt(at: number): Snowflake {
    return String(BigInt(firstIdAt(this.#start + at)) + (this.#ids++ % 4000n))
  }

  /** Stores entries. @returns their ids */
  async record(acts: readonly Act[], storedAt?: number): Promise<Snowflake[]> {
    const payloads = acts.map(({ at, type = 22, by = '7', on = '8', count, reason, changes, options }) => ({
      id: this.idAt(at),
      action_type: type,
      user_id: by,
      target_id: on,
      ...(reason !== undefined && { reason }),
      ...(changes && { changes }),
      options: { channel_id: '5', ...options, ...(count !== undefined && { count: String(count) }) },
    }))
    await this.store(payloads, storedAt ?? Math.max(...acts.map(({ at }) => at)))
    return payloads.map(({ id }) => id)
  }

  /** Stores payloads at a moment after the start. */
  async store(payloads: readonly object[], at: number): Promise<void> {
    const entries = payloads.map((payload) => entryOf(this.guildId, payload))
    await this.#archive.record([{ guildId: this.guildId, entries, from: 'rest' }], this.#start + at)
  }

  /** Plans until nothing is left, and delivers what was planned. A new runner each time, as after a restart. */
  async run(at: number): Promise<Plan> {
    const runner = new AlertRunner({
      archive: this.#archive,
      postIds: {
        entry: ({ watch, number }, id) => `entry:${watch}:${number}:${id}`,
        list: ({ watch, number }, { from, to, key }) => `list:${watch}:${number}:${from}:${to}:${key}`,
        report: () => 'report',
      },
      roles: {
        permissionsIn: async () => {
          if (!this.permissions) throw new Error('Discord does not say what roles permit.')
          return this.permissions
        },
        rolesOf: async (_guildId, userId) => {
          const roles = this.rolesOfMembers.get(userId)
          if (!roles) throw new Error('Discord does not say which roles a member has.')
          return roles
        },
      },
      engine: {
        status: () => ({ ...(this.lastRead && { lastRead: this.lastRead }) }),
        recountSoon: (_guildId, kinds, areNew) => this.recounts.push([[...kinds], areNew]),
      },
    })
    const now = this.#start + at
    for (;;) {
      const watch = await this.watch()
      const [last] = await this.#archive.newestPosts(this.guildId, watch.number, 1)
      const unfinished = await this.#archive.unfinishedPosts(this.guildId, watch.number)
      const plan = await runner.plan({ watch, unfinished, nextPost: (last?.number ?? 0) + 1, now })
      const { position, posts } = plan
      await this.#archive.saveProgress(this.guildId, watch.number, { position, posts })
      for (const post of posts) await this.#deliver(runner, watch, post, now)
      if (plan.again !== 0) return plan
    }
  }

  /** All posts, oldest first. */
  async posts(): Promise<Post[]> {
    const { number } = await this.watch()
    return (await this.#archive.newestPosts(this.guildId, number, 1000)).toReversed()
  }

  /** The title and the text of a post, by default of the only one. */
  textOf(number = 1): string {
    const [embed] = this.shown.get(number)?.embeds ?? []
    return [embed?.title, embed?.description, embed?.footer?.text].join('\n')
  }

  async #deliver(runner: AlertRunner, watch: Watch<Alert>, post: Post, now: number): Promise<void> {
    const message = await runner.render(watch, post, now)
    const { delivery } = post
    if (message === undefined) return this.#save(watch, { ...post, delivery: { type: 'dropped' } })
    if (delivery.type === 'dropped') return
    this.shown.set(post.number, message)
    const messageId = delivery.type === 'sent' ? delivery.messageId : firstIdAt(now)
    if (delivery.type === 'sent') this.edited++
    else this.sent++
    await this.#save(watch, { ...post, delivery: { type: 'sent', messageId, isChanged: false } })
  }

  async #save({ number }: Watch<Alert>, post: Post): Promise<void> {
    await this.#archive.saveProgress(this.guildId, number, { posts: [post] })
  }
}
