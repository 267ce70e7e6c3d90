import { AuditLogEvent, PermissionFlagsBits } from 'discord-api-types/v10'
import type { Actor } from '../../../sandbox/actions/actor.ts'
import { writeEntry } from '../../../sandbox/actions/entry.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { Random } from '../../../sandbox/town/random.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import { type Guild, newRole } from '../../../sandbox/world/guild.ts'
import { DAY } from '../../../sandbox/world/units.ts'
import type { Application } from '../../../sandbox/world/world.ts'

/** How many members of a server moderate, its owner among them. */
const MODERATORS = 5

/** How far a server's history goes back. It is shorter than any default window, so that every entry counts. */
const HISTORY = 6 * DAY

/** What moderators do, by weight. Only deletes are merged into earlier entries. */
const ACTIONS = [
  [AuditLogEvent.MemberBanAdd, 3],
  [AuditLogEvent.MemberKick, 3],
  [AuditLogEvent.MemberUpdate, 2],
  [AuditLogEvent.MessageDelete, 4],
] as const

/** A server of the benchmark: its guild, its moderators, and what happens in it. */
export class Server {
  readonly guild: Guild
  /** The clients of the moderators, the owner's first. */
  readonly moderators: readonly MemberClient[]
  /** How many messages were deleted of which no event told. */
  untold = 0
  readonly #discord: Discord
  readonly #channels: readonly string[]
  readonly #random: Random
  #targets: bigint
  /** The member whose message was deleted last. */
  #deleted = ''

  constructor(discord: Discord, bot: Application, seed: number) {
    const { world } = discord
    const createdAt = world.now() - 2 * HISTORY
    const users = Array.from({ length: MODERATORS }, (_, index) => world.addUser(`mod${seed}_${index}`))
    this.guild = world.addGuild(`Server ${seed}`, users[0]?.id ?? '', createdAt)
    const { guild } = this
    const custos = newRole({
      id: world.newId(createdAt),
      name: 'Custos',
      permissions: PermissionFlagsBits.ViewAuditLog,
      managed: true,
      position: 2,
    })
    const moderator = newRole({
      id: world.newId(createdAt),
      name: 'Moderator',
      permissions: PermissionFlagsBits.ViewAuditLog,
      position: 1,
    })
    for (const role of [custos, moderator]) guild.roles.set(role.id, role)
    guild.addMember(bot.user, [custos.id], createdAt)
    for (const user of users) guild.addMember(user, [moderator.id], createdAt)
    this.#channels = Array.from({ length: 3 }, (_, index) => {
      const channel = textChannel(world.newId(createdAt), guild.id, `channel-${index}`, index)
      guild.channels.set(channel.id, channel)
      return channel.id
    })
    const channelId = this.#channels[0] ?? ''
    this.moderators = users.map(
      ({ id }) => new MemberClient(discord, id, { guild, channelId, applicationId: bot.id }),
    )
    this.#discord = discord
    this.#random = new Random(seed)
    this.#targets = 600_000_000_000_000_000n + BigInt(seed) * 1_000_000n
  }

  /** Fills its log with as many entries, at any time of its history. */
  addHistory(entries: number): void {
    const { world } = this.#discord
    for (let index = 0; index < entries; index++) {
      const at = world.now() - HISTORY + (index * HISTORY) / entries
      world.at(at, () => this.act())
    }
  }

  /** A moderator acts on somebody new: writes an entry, whose event is sent. @param at now by default */
  act(type: number = this.#random.weighted(ACTIONS), at?: number): void {
    const options =
      type === AuditLogEvent.MessageDelete
        ? { options: { channel_id: this.#random.pick(this.#channels), count: '1' } }
        : { reason: `Rule ${this.#random.whole(1, 12)}: see the pinned message` }
    writeEntry(this.#actor(this.#random.whole(0, MODERATORS - 1)), {
      type,
      targetId: String(++this.#targets),
      ...(type === AuditLogEvent.MemberUpdate && { changes: [{ key: 'nick', new_value: 'after' }] }),
      ...options,
      ...(at !== undefined && { at }),
    })
  }

  /** The owner deletes a message of somebody new, whose event is sent. @param at now by default */
  deleteMessage(at?: number): void {
    this.#deleted = String(++this.#targets)
    writeEntry(this.#actor(0), {
      type: AuditLogEvent.MessageDelete,
      targetId: this.#deleted,
      options: { channel_id: this.#channels[0] ?? '', count: '1' },
      ...(at !== undefined && { at }),
    })
  }

  /** The owner deletes more messages of the member that `deleteMessage` was about. No event tells of them. */
  deleteMore(count: number): void {
    for (let index = 0; index < count; index++)
      messages.deleteMessage(this.#actor(0), this.#channels[0] ?? '', this.#deleted)
    this.untold += count
  }

  #actor(index: number): Actor {
    const { world } = this.#discord
    return { world, guild: this.guild, actorId: this.moderators[index]?.userId ?? '' }
  }
}
