import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { oddFrames } from '../../../sandbox/gateway/odd-frames/odd-frames.ts'
import type { WorldEvent } from '../../../sandbox/world/world-event.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault, Fault } from './fault.ts'

const MINUTE = 60_000

export function loseEvents(setup: SoakSetup): EndFault {
  setup.withholds = isEntry
  return () => {
    setup.withholds = undefined
  }
}

export function withholdEvents(order: (events: readonly WorldEvent[]) => readonly WorldEvent[]): Fault {
  return (setup) => {
    const events: WorldEvent[] = []
    setup.withholds = (event) => {
      if (isEntry(event)) events.push(event)
      return isEntry(event)
    }
    return () => {
      setup.withholds = undefined
      for (const event of order(events)) setup.discord.world.emit(event)
    }
  }
}

function isEntry({ event }: WorldEvent): boolean {
  return event === GatewayDispatchEvents.GuildAuditLogEntryCreate
}

export function repeatEvents({ discord, guilds }: SoakSetup): undefined {
  for (const guild of guilds) {
    for (const entry of guild.log.since().slice(-3)) discord.world.emitEntry(guild, entry)
  }
}

export function sendMalformedEvent({ discord, guilds, random }: SoakSetup): undefined {
  const data = random.pick<WorldEvent['data']>([
    {},
    { guild_id: null, id: 'none' },
    { guild_id: guilds[0]?.id, id: '12e3', action_type: 20 },
    { guild_id: guilds[0]?.id, action_type: 72 },
    { guild_id: guilds[0]?.id, id: discord.world.newId(), action_type: null },
    { guild_id: guilds[0]?.id, id: -1, action_type: 22, changes: 'all' },
  ])
  discord.world.emit({
    event: GatewayDispatchEvents.GuildAuditLogEntryCreate,
    guildId: guilds[0]?.id ?? '',
    data,
    intent: GatewayIntentBits.GuildModeration,
  })
}

/**
 * Sends malformed frames. Interactions are left out: the bot would answer those it can parse, and log that Discord rejects
 * the answer, because nobody sent the interaction.
 */
export function sendOddFrames({ discord, town, guilds, random }: SoakSetup): undefined {
  const frames = oddFrames({ guildId: random.pick(guilds).id, botId: town.bot.id }).filter(
    (frame) => !('event' in frame) || frame.event !== GatewayDispatchEvents.InteractionCreate,
  )
  for (let left = random.whole(1, 20); left > 0; left--) {
    discord.gateway.sendOddFrame(town.bot.id, random.pick(frames))
  }
}

export function addLateEntry({ discord, guilds, random, town }: SoakSetup): undefined {
  const id = discord.world.newId(discord.world.now() - random.whole(1, 10) * MINUTE)
  const entry = {
    id,
    action_type: 20,
    user_id: town.moderators[0]?.id ?? '',
    target_id: random.pick(town.members).id,
  }
  random.pick(guilds).log.add(entry)
}

export function growOldCount({ discord, guilds, random }: SoakSetup): undefined {
  const { log } = random.pick(guilds)
  const since = discord.world.now() - 20 * 60 * MINUTE
  const old = log.since(since).filter(({ options }) => options?.count !== undefined)
  if (old.length === 0) return
  const { id } = random.pick(old)
  const more = random.whole(1, 5)
  log.merge(
    (entry) => entry.id === id,
    since,
    (entry) => ({
      ...entry,
      options: { ...entry.options, count: String(Number(entry.options?.count) + more) },
    }),
  )
}
