import type {
  BotView,
  Channel,
  CommandView,
  GuildView,
  LogView,
  MenuView,
  MessageView,
  Person,
  Told,
} from '../state/page-state.ts'

/** How often what is written of times is written anew, in milliseconds. */
export const TICK = 15_000

/** What the page knows of the guild, as the member it is used by sees it. */
export class Knowledge {
  guild: GuildView | undefined
  commands: readonly CommandView[] = []
  menus: readonly MenuView[] = []
  log: LogView | undefined
  bot: BotView | undefined
  /** Grows with everything that is heard, but for the time. */
  version = 0
  readonly messages = new Map<string, MessageView>()
  #people = new Map<string, Person>()
  #channels = new Map<string, Channel>()
  #ahead = 0

  /** Discord's time, in milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#ahead
  }

  /** Changes when times are to be written anew. */
  get tick(): number {
    return Math.floor(this.now() / TICK)
  }

  person(id: string): Person | undefined {
    return this.#people.get(id)
  }

  nameOf(id: string): string {
    return this.#people.get(id)?.name ?? 'unknown-user'
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id)
  }

  /** The messages of a channel, oldest first. */
  messagesIn(channel: string): MessageView[] {
    return [...this.messages.values()]
      .filter((message) => message.channel === channel)
      .sort((a, b) => a.at - b.at)
  }

  /** What one member sees is not for another, nor are their commands. */
  forget(): void {
    this.version++
    this.messages.clear()
    this.commands = []
    this.menus = []
  }

  hear(told: Told): void {
    if (told.is !== 'time') this.version++
    switch (told.is) {
      case 'guild':
        this.guild = told.guild
        this.#people = new Map(told.guild.people.map((person) => [person.id, person]))
        this.#channels = new Map(told.guild.channels.map((channel) => [channel.id, channel]))
        break
      case 'commands':
        this.commands = told.commands
        this.menus = told.menus
        break
      case 'message':
        this.messages.set(told.message.id, told.message)
        break
      case 'gone':
        this.messages.delete(told.key)
        break
      case 'log':
        this.log = told.log
        break
      case 'bot':
        this.bot = told.bot
        break
      case 'time':
        this.#ahead = told.now - Date.now()
    }
  }
}
