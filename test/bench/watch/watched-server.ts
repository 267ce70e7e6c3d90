import { AuditLogEvent } from 'discord-api-types/v10'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { titleOf } from '../../soak/watches/shown-posts.ts'
import type { Server } from '../load/servers.ts'
import type { Stage } from '../load/stage.ts'
import { PostedFeed, shownIn } from './posted-feed.ts'

const SET = 'Set this alert'

/** A server with a feed of everything, and an alert of mass bans and kicks. */
export class WatchedServer {
  readonly feed = new PostedFeed()
  /** How long it took from the last act of a burst that was needed to the alert's post, in milliseconds. */
  readonly alertDelays: number[] = []
  readonly #server: Server
  readonly #feedChannel: string
  readonly #alertChannel: string
  readonly #botId: string
  readonly #burst: number
  /** When the alert had to warn of each moderator, and how many bans and kicks there were before, by their ids. */
  readonly #burstAt = new Map<string, number>()
  readonly #counts = new Map<string, number>()

  /** @param burst of how many bans and kicks by one moderator within five minutes the alert warns */
  constructor({ discord }: Stage, server: Server, botId: string, burst: number) {
    this.#burst = burst
    this.#server = server
    this.#botId = botId
    const [feed, alert] = ['mod-log', 'alerts'].map((name, index) => {
      const channel = textChannel(discord.world.newId(), server.guild.id, name, 10 + index)
      server.guild.channels.set(channel.id, channel)
      return channel.id
    })
    this.#feedChannel = feed ?? ''
    this.#alertChannel = alert ?? ''
  }

  /** The owner sets the feed and the alert. @throws Error if they are not set */
  async set(): Promise<void> {
    const [owner] = this.#server.moderators
    const feed = await owner?.command('custos feed add', { to: this.#feedChannel })
    if (!feed || !titleOf(feed.message).includes('is set')) throw new Error('The feed is not set.')
    const alert = await owner?.command('custos alert add', {
      to: this.#alertChannel,
      action: 'Mass bans & kicks',
      count: this.#burst,
    })
    await alert?.until(() => buttonsOf(alert.message).some(({ label }) => label === SET))
    const set = alert && (await owner?.click(alert.message, SET))
    await set?.until(() => titleOf(set.message).includes('is set'))
  }

  /** A moderator acts on somebody. */
  act(): void {
    this.#server.act()
    this.feed.acted()
    const entry = this.#server.guild.log.since().at(-1)
    if (entry) this.#count(entry)
  }

  /** A message of any channel was posted or edited. */
  changed(message: Message): void {
    const isFeed = message.channelId === this.#feedChannel
    if (!isFeed && message.channelId !== this.#alertChannel) return
    const shown = shownIn(message, this.#botId)
    if (!shown) return
    if (isFeed) this.feed.changed(message, shown)
    const burstAt = !isFeed && shown.type === 'counted' ? this.#burstAt.get(shown.key ?? '') : undefined
    if (burstAt !== undefined && message.editedAt === null) this.alertDelays.push(performance.now() - burstAt)
  }

  /** How many bursts were not warned of. */
  get unwarned(): number {
    return this.#burstAt.size - this.alertDelays.length
  }

  #count({ action_type, user_id }: LogEntry): void {
    if (action_type !== AuditLogEvent.MemberBanAdd && action_type !== AuditLogEvent.MemberKick) return
    const moderator = user_id ?? ''
    const count = (this.#counts.get(moderator) ?? 0) + 1
    this.#counts.set(moderator, count)
    if (count === this.#burst) this.#burstAt.set(moderator, performance.now())
  }
}
