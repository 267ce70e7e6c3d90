import {
  type APIApplicationCommand,
  type APIUser,
  GatewayDispatchEvents,
  GatewayIntentBits,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import type { LogEntry } from './audit-log.ts'
import type { Clock } from './clock.ts'
import { Guild, NO_FLAGS } from './guild.ts'
import { Snowflakes } from './snowflakes.ts'

/** A bot's application, as its owner set it up. */
export interface Application {
  readonly id: string
  readonly token: string
  readonly user: APIUser
  /** Whether the privileged Server Members Intent is switched on. */
  membersIntent: boolean
  /** Global commands, by id; those of one guild stand under its id. */
  readonly commands: Map<string, APIApplicationCommand>
  readonly guildCommands: Map<string, Map<string, APIApplicationCommand>>
}

type Data = Readonly<Record<string, unknown>>

/** Something that happened, for those sessions that may hear of it. */
export interface WorldEvent {
  readonly event: GatewayDispatchEvents
  readonly guildId: string
  /** What a bot is told that sees everything. */
  readonly data: Data
  /** What one bot is told where that differs; undefined where it is told nothing. */
  readonly dataFor?: (botId: string) => Data | undefined
  readonly intent: GatewayIntentBits
  readonly permission?: bigint
  /** Whom it is about: a bot hears of itself without the intent. */
  readonly aboutUser?: string
}

export interface WorldOptions {
  readonly clock: Clock
  /** How long Discord keeps an audit log at first, in milliseconds. */
  readonly retention: number
  /** How long a delete, a move or a disconnect is folded into an earlier one. Discord does not publish it. */
  readonly mergeWindow: number
}

/** Everything Discord knows: users, guilds, applications. */
export class World {
  readonly options: WorldOptions
  readonly users = new Map<string, APIUser>()
  readonly guilds = new Map<string, Guild>()
  readonly applications = new Map<string, Application>()
  /** How long Discord keeps an audit log, in milliseconds. */
  retention: number
  /**
   * How far Discord's clock is ahead of the one it was given, in milliseconds; below zero when it is behind. Set while
   * it runs, it steps: its ids and the `Date` of its answers with it.
   */
  ahead = 0
  readonly #ids = new Snowflakes()
  readonly #listeners = new Set<(happening: WorldEvent) => void>()
  #past: number | undefined

  constructor(options: WorldOptions) {
    this.options = options
    this.retention = options.retention
  }

  now(): number {
    return this.#past ?? this.options.clock.now() + this.ahead
  }

  newId(time = this.now()): string {
    return this.#ids.make(time)
  }

  /** Lets something have happened at a moment in the past: it is in the logs, and nobody hears of it now. */
  at(time: number, happen: () => void): void {
    this.#past = time
    try {
      happen()
    } finally {
      this.#past = undefined
    }
  }

  listen(listener: (happening: WorldEvent) => void): void {
    this.#listeners.add(listener)
  }

  emit(happening: WorldEvent): void {
    if (this.#past !== undefined) return
    for (const listener of this.#listeners) listener(happening)
  }

  addUser(
    username: string,
    { bot = false, displayName }: { bot?: boolean; displayName?: string } = {},
  ): APIUser {
    const user = newUser(this.newId(), username, displayName ?? null, bot)
    this.users.set(user.id, user)
    return user
  }

  addApplication(user: APIUser, token: string): Application {
    const application: Application = {
      id: user.id,
      token,
      user,
      membersIntent: false,
      commands: new Map(),
      guildCommands: new Map(),
    }
    this.applications.set(token, application)
    return application
  }

  addGuild(name: string, ownerId: string, createdAt = this.now()): Guild {
    const guild = new Guild({ id: this.newId(createdAt), name, ownerId })
    this.guilds.set(guild.id, guild)
    return guild
  }

  /** Puts an entry into a guild's log and tells those who may view it. */
  log(guild: Guild, entry: LogEntry): void {
    guild.log.add(entry)
    this.emitEntry(guild, entry)
  }

  /** Tells of an entry alone: its event can come without, before, after or twice for what stands in the log. */
  emitEntry(guild: Guild, entry: LogEntry): void {
    this.emit({
      event: GatewayDispatchEvents.GuildAuditLogEntryCreate,
      guildId: guild.id,
      data: { ...entry, guild_id: guild.id },
      intent: GatewayIntentBits.GuildModeration,
      permission: PermissionFlagsBits.ViewAuditLog,
    })
  }
}

export function newUser(id: string, username: string, displayName: string | null, bot: boolean): APIUser {
  return {
    id,
    username,
    discriminator: '0',
    global_name: displayName,
    avatar: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    primary_guild: null,
    ...(bot && { bot: true }),
  }
}
