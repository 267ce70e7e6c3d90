import type {
  BotView,
  ChannelView,
  CommandView,
  GuildView,
  LogView,
  MenuView,
  MessageView,
  StateUpdate,
  UserView,
} from '../state/page-state.ts'

/** The state that the sandbox has sent for the current member. */
export class LiveState {
  guild: GuildView | undefined
  commands: readonly CommandView[] = []
  menus: readonly MenuView[] = []
  log: LogView | undefined
  bot: BotView | undefined
  /** Increases with every update except those of the time. */
  version = 0
  /** How far Discord's clock is ahead of the browser's, in milliseconds. It changes when time is made to pass. */
  ahead = 0
  readonly messages = new Map<string, MessageView>()
  #users = new Map<string, UserView>()
  #channels = new Map<string, ChannelView>()

  /** Discord's time, in milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.ahead
  }

  /** Changes when the dates of messages must be rendered again. */
  get day(): string {
    return new Date(this.now()).toDateString()
  }

  user(id: string): UserView | undefined {
    return this.#users.get(id)
  }

  nameOf(id: string): string {
    return this.#users.get(id)?.name ?? 'unknown-user'
  }

  channel(id: string): ChannelView | undefined {
    return this.#channels.get(id)
  }

  /** The messages of a channel, oldest first. */
  messagesIn(channel: string): MessageView[] {
    return [...this.messages.values()]
      .filter((message) => message.channel === channel)
      .sort((a, b) => a.at - b.at)
  }

  /** Removes what only the current member sees. */
  clear(): void {
    this.version++
    this.messages.clear()
    this.commands = []
    this.menus = []
  }

  apply(update: StateUpdate): void {
    if (update.type !== 'time') this.version++
    switch (update.type) {
      case 'guild':
        this.guild = update.guild
        this.#users = new Map(update.guild.users.map((user) => [user.id, user]))
        this.#channels = new Map(update.guild.channels.map((channel) => [channel.id, channel]))
        break
      case 'commands':
        this.commands = update.commands
        this.menus = update.menus
        break
      case 'message':
        this.messages.set(update.message.id, update.message)
        break
      case 'removed':
        this.messages.delete(update.key)
        break
      case 'log':
        this.log = update.log
        break
      case 'bot':
        this.bot = update.bot
        break
      case 'time':
        this.ahead = update.now - Date.now()
    }
  }
}
