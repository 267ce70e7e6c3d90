import type {
  BotView,
  ChannelView,
  CommandView,
  GuildView,
  LogView,
  MemberView,
  MenuView,
  MessageView,
  StateUpdate,
} from '../state/page-state.ts'

/** How often what is written of times is written anew, in milliseconds. */
export const TICK = 15_000

/** What the page knows of the guild, as the member it is used by sees it. */
export class LiveState {
  guild: GuildView | undefined
  commands: readonly CommandView[] = []
  menus: readonly MenuView[] = []
  log: LogView | undefined
  bot: BotView | undefined
  /** Grows with everything that is heard, but for the time. */
  version = 0
  readonly messages = new Map<string, MessageView>()
  #people = new Map<string, MemberView>()
  #channels = new Map<string, ChannelView>()
  #ahead = 0

  /** Discord's time, in milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#ahead
  }

  /** Changes when times are to be written anew. */
  get tick(): number {
    return Math.floor(this.now() / TICK)
  }

  member(id: string): MemberView | undefined {
    return this.#people.get(id)
  }

  nameOf(id: string): string {
    return this.#people.get(id)?.name ?? 'unknown-user'
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

  /** What one member sees is not for another, nor are their commands. */
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
        this.#people = new Map(update.guild.members.map((person) => [person.id, person]))
        this.#channels = new Map(update.guild.channels.map((channel) => [channel.id, channel]))
        break
      case 'commands':
        this.commands = update.commands
        this.menus = update.menus
        break
      case 'message':
        this.messages.set(update.message.id, update.message)
        break
      case 'gone':
        this.messages.delete(update.key)
        break
      case 'log':
        this.log = update.log
        break
      case 'bot':
        this.bot = update.bot
        break
      case 'time':
        this.#ahead = update.now - Date.now()
    }
  }
}
