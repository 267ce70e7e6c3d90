import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import type { Archive, Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { joinRanges } from '../core/coverage.ts'
import { isRecord, parseEntry } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import type { CatchUp } from './catch-up.ts'
import { followNames } from './follow-names.ts'
import { followPermission } from './follow-permission.ts'

interface Means {
  readonly client: Client
  readonly archive: Archive
  readonly catchUp: CatchUp
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** How long until what the archive did not take is written again, in milliseconds. */
const RETRY = 5000

/** How much is held for an archive that takes nothing, such as one on a full disk, before it is read again instead. */
const MOST_HELD = 50_000

/** Follows the gateway: every entry of every log as it is made, and the names things go by. */
export class Follow {
  readonly #means: Means
  #learnt: Learnt[] = []
  #writing: Promise<void> | undefined

  constructor(means: Means) {
    this.#means = means
    const { ws } = means.client
    ws.on(Event.GuildAuditLogEntryCreate, (sent: unknown) => this.#entry(sent))
    ws.on(Event.Ready, (sent: unknown) => this.#ready(sent))
    ws.on(Event.GuildCreate, (sent: unknown) => this.#guild(sent))
    ws.on(Event.GuildDelete, (sent: unknown) => this.#gone(sent))
    followNames(ws, means.clock, (learnt) => this.#learn(learnt))
    followPermission(means.client, means.catchUp)
  }

  /** Resolves when everything heard so far is in the archive. */
  async settled(): Promise<void> {
    await this.#writing
  }

  #entry(sent: unknown): void {
    const { catchUp, log } = this.#means
    if (!isRecord(sent) || !isSnowflake(sent.guild_id)) {
      log.warn({}, 'An entry came from no guild.')
      return
    }
    const parsed = parseEntry(sent.guild_id, sent)
    // After this listener discord.js builds its own class of the same object, which throws on entries that Discord
    // really sends and would end the process. Without a guild it leaves them alone.
    Reflect.deleteProperty(sent, 'guild_id')
    if ('entry' in parsed) this.#learn(catchUp.of(parsed.entry.guildId).learn(parsed.entry))
    else log.warn({ entry: sent.id }, `An entry was skipped: ${parsed.refused}.`)
  }

  /** A fresh session: what happened since the last one is never sent. Each guild follows, and is read then. */
  #ready(sent: unknown): void {
    const guilds = isRecord(sent) && Array.isArray(sent.guilds) ? sent.guilds : []
    for (const guildId of guilds.flatMap(idOf)) this.#means.catchUp.of(guildId).breakOff()
  }

  #guild(sent: unknown): void {
    for (const guildId of idOf(sent)) this.#means.catchUp.begin(guildId)
  }

  #gone(sent: unknown): void {
    for (const guildId of idOf(sent)) this.#means.catchUp.leave(guildId)
  }

  /** What comes while a write is under way is gathered, and written next as one. */
  #learn(learnt: Learnt): void {
    this.#learnt.push(learnt)
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
  }

  /** What the archive does not take is held and written again, since what comes after it builds on it. */
  async #write(): Promise<void> {
    const { archive, clock, log, signal } = this.#means
    let failed = false
    while (this.#learnt.length > 0) {
      const learnt = this.#learnt
      this.#learnt = []
      try {
        await archive.keep(gathered(learnt))
        if (failed) log.info({ held: learnt.length }, 'The archive is written again.')
        failed = false
      } catch (error) {
        this.#learnt = [...learnt, ...this.#learnt]
        if (!failed) log.error({ err: error }, 'The archive could not be written; what comes is held.')
        failed = true
        if (signal.aborted) return
        if (this.#learnt.length > MOST_HELD) this.#letGo()
        await clock.sleep(RETRY, signal).catch(() => {})
      }
    }
  }

  /** Forgets what is held: Discord still has it, and is read when the archive can be written again. */
  #letGo(): void {
    const { catchUp, log } = this.#means
    const guildIds = new Set(this.#learnt.map(({ guildId }) => guildId))
    log.error({ let: this.#learnt.length, guilds: guildIds.size }, 'Too much is held; Discord is read again.')
    this.#learnt = []
    for (const guildId of guildIds) catchUp.begin(guildId)
  }
}

function gathered(learnt: readonly Learnt[]): Learnt[] {
  return [...Map.groupBy(learnt, ({ guildId }) => guildId)].map(([guildId, parts]) => ({
    guildId,
    from: 'gateway',
    entries: parts.flatMap(({ entries }) => entries),
    names: parts.flatMap(({ names = [] }) => names),
    complete: joinRanges(parts.flatMap(({ complete = [] }) => complete)),
    ...lastRollCall(parts),
  }))
}

function lastRollCall(parts: readonly Learnt[]): Pick<Learnt, 'rollCall'> {
  const rollCall = parts.findLast((part) => part.rollCall !== undefined)?.rollCall
  return rollCall === undefined ? {} : { rollCall }
}

function idOf(sent: unknown): Snowflake[] {
  return isRecord(sent) && isSnowflake(sent.id) ? [sent.id] : []
}
