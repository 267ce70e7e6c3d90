import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import type { Archive, Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { joinRanges } from '../core/coverage.ts'
import { isRecord, parseEntry } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import type { CatchUp } from './catch-up.ts'
import { followNames } from './follow-names.ts'

interface Means {
  readonly client: Client
  readonly archive: Archive
  readonly catchUp: CatchUp
  readonly clock: Clock
  readonly log: Log
}

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
    this.#means.catchUp.begin(idOf(sent))
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

  async #write(): Promise<void> {
    const { archive, catchUp, log } = this.#means
    while (this.#learnt.length > 0) {
      const learnt = this.#learnt
      this.#learnt = []
      try {
        await archive.keep(gathered(learnt))
      } catch (error) {
        log.error(
          { err: error, entries: learnt.length },
          'The archive could not be written; Discord is read again.',
        )
        catchUp.begin([...new Set(learnt.map(({ guildId }) => guildId))])
      }
    }
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
