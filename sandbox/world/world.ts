import {
  type APIApplicationCommand,
  type APIApplicationCommandPermission,
  type APIUser,
  GatewayDispatchEvents,
  GatewayIntentBits,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import type { LogEntry } from './audit-log.ts'
import type { DirectChannel } from './channels.ts'
import type { Clock } from './clock.ts'
import { Guild } from './guild.ts'
import { Snowflakes } from './snowflakes.ts'
import { newUser } from './user.ts'
import type { WorldEvent } from './world-event.ts'

/** A bot's application. */
export interface Application {
  readonly id: string
  readonly token: string
  readonly user: APIUser
  /** Whether the privileged Server Members intent is enabled. */
  membersIntent: boolean
  /** Global commands, by id. */
  readonly commands: Map<string, APIApplicationCommand>
  /** Commands of single guilds: by guild id, then by command id. */
  readonly guildCommands: Map<string, Map<string, APIApplicationCommand>>
  /** Who may use commands: by guild id, then by the id of a command or, for all of them, of the application. */
  readonly commandPermissions: Map<string, Map<string, readonly APIApplicationCommandPermission[]>>
}

interface WorldOptions {
  readonly clock: Clock
  /** How long Discord keeps an audit log at first, in milliseconds. */
  readonly retention: number
  /** How long a delete, a move or a disconnect is merged into an earlier entry. Discord does not publish it. */
  readonly mergeWindow: number
}

/** Everything Discord stores: users, guilds, applications. */
export class World {
  readonly options: WorldOptions
  readonly users = new Map<string, APIUser>()
  readonly guilds = new Map<string, Guild>()
  /** Direct messages between bots and users, by id. */
  readonly directChannels = new Map<string, DirectChannel>()
  /** The ids of users who accept no direct messages from bots. */
  readonly closedToDirects = new Set<string>()
  /** By token. */
  readonly applications = new Map<string, Application>()
  /** How long Discord keeps an audit log, in milliseconds. */
  retention: number
  /**
   * How far Discord's clock is ahead of `options.clock`, in milliseconds; negative if behind. A change makes ids and
   * `Date` headers jump.
   */
  ahead = 0
  readonly #ids = new Snowflakes()
  readonly #listeners = new Set<(event: WorldEvent) => void>()
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

  /** Runs a function as if at an earlier time. What it does is in the logs, and no events are sent. */
  at(time: number, run: () => void): void {
    this.#past = time
    try {
      run()
    } finally {
      this.#past = undefined
    }
  }

  listen(listener: (event: WorldEvent) => void): void {
    this.#listeners.add(listener)
  }

  emit(event: WorldEvent): void {
    if (this.#past !== undefined) return
    for (const listener of this.#listeners) listener(event)
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
      commandPermissions: new Map(),
    }
    this.applications.set(token, application)
    return application
  }

  /** @throws Error if there is no such application */
  application(id: string): Application {
    const found = [...this.applications.values()].find((application) => application.id === id)
    if (!found) throw new Error(`There is no application ${id}.`)
    return found
  }

  /** The direct messages between a bot and a user, which are opened if they were not yet. */
  openDirect(botId: string, userId: string): DirectChannel {
    const open = [...this.directChannels.values()].find(
      (channel) => channel.botId === botId && channel.userId === userId,
    )
    const channel = open ?? { id: this.newId(), botId, userId }
    this.directChannels.set(channel.id, channel)
    return channel
  }

  addGuild(name: string, ownerId: string, createdAt = this.now()): Guild {
    const guild = new Guild({ id: this.newId(createdAt), name, ownerId })
    this.guilds.set(guild.id, guild)
    return guild
  }

  /** Adds an entry to a guild's audit log and sends its event. */
  log(guild: Guild, entry: LogEntry): void {
    guild.log.add(entry)
    this.emitEntry(guild, entry)
  }

  /** Sends an entry's event without adding the entry: tests send events that are early, late, repeated or alone. */
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
