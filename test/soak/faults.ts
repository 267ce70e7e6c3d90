import { GatewayDispatchEvents, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10'
import * as channels from '../../sandbox/actions/channels.ts'
import * as members from '../../sandbox/actions/members.ts'
import * as overwrites from '../../sandbox/actions/overwrites.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import { oddFrames } from '../../sandbox/gateway/odd-frames/odd-frames.ts'
import { unknown } from '../../sandbox/rest/errors.ts'
import { apiErrorFault, cloudflareFault, type RestFault } from '../../sandbox/rest/faults.ts'
import { defaultRateLimits } from '../../sandbox/rest/rate-limits.ts'
import { textChannel } from '../../sandbox/world/channels.ts'
import type { WorldEvent } from '../../sandbox/world/world-event.ts'
import { erasureStopped } from './erasures.ts'
import { backupKilled, erasureKilled } from './kills.ts'
import type { SoakSetup } from './soak-setup.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** An audit log without entries, which Discord once returned by mistake. */
const EMPTY_LOG: RestFault = {
  status: 200,
  body: JSON.stringify({
    audit_log_entries: [],
    users: [],
    integrations: [],
    webhooks: [],
    guild_scheduled_events: [],
    threads: [],
    application_commands: [],
    auto_moderation_rules: [],
  }),
}

/** Ends a fault. */
export type EndFault = () => void

/** Injects a fault. Returns what ends it, unless it ends by itself. */
type Fault = (here: SoakSetup) => EndFault | undefined | Promise<undefined>

/** The faults, with their relative frequency. */
export const FAULTS: readonly (readonly [name: string, fault: Fault, weight: number])[] = [
  ['the connection drops', ({ discord }) => void discord.gateway.dropConnections(), 3],
  ['Discord asks to reconnect', ({ discord }) => void discord.gateway.requestReconnect(), 3],
  ['the session is invalid', ({ discord }) => void discord.gateway.invalidate(), 0.5],
  ['the session is invalid, with malformed data', oddInvalidSession, 0.5],
  ['a connection begins with a malformed HELLO', oddHello, 3],
  ['the gateway is down', gatewayDown, 3],
  ['REST answers 500', failReads({ status: 500 }), 5],
  ['REST answers with an HTML page', failReads({ status: 502, body: '<html>Bad gateway</html>' }), 5],
  [
    'REST answers with something that is not a log',
    failReads({ status: 200, body: '{"message":"hello"}' }),
    5,
  ],
  ['REST answers with an empty log', failReads(EMPTY_LOG), 3],
  ['REST answers with one empty page', emptyPage, 5],
  ['Cloudflare blocks reads', failReads(cloudflareFault(403, 1015)), 3],
  ['Cloudflare rate-limits reads', failReads(cloudflareFault(429, 1015)), 3],
  ['Discord reports unknown guilds', guildsUnknown, 3],
  ['REST does not respond', failReads('silence'), 3],
  ['the route is rate-limited', limitedRoute, 3],
  ['all routes are rate-limited', limitedGlobally, 3],
  ['events are lost', loseEvents, 8],
  ['events come late', withholdEvents((events) => events), 8],
  ['events come out of order', withholdEvents((events) => events.toReversed()), 8],
  ['events come twice', twice, 8],
  ['events are malformed', malformed, 8],
  ['malformed frames come', oddFramesCome, 8],
  ['the role loses the permission', permissionTaken, 4],
  ['the bot loses the role', rolesTaken, 4],
  ['the permission is lost without an event', permissionGone, 4],
  ['a channel is hidden', hidden, 4],
  ['a channel is revealed', revealed, 4],
  ['a hidden channel is deleted', hiddenDeleted, 2],
  ['a guild is unavailable', unavailable, 4],
  ['the bot is removed', removed, 4],
  ['the bot is restarted', restarted, 3],
  ['an erasure is interrupted', erasureStopped, 2],
  ['an erasure is killed', erasureKilled, 1],
  ['a backup is killed', backupKilled, 1],
  ['an entry comes late', lateEntry, 8],
  ['an old count grows', growth, 8],
  ['the host’s clock steps', clockSteps, 6],
  ['a response has a wrong date', oddDate, 6],
  ['a proxy dates all responses', datedByProxy, 3],
]

function gatewayDown({ discord: { gateway } }: SoakSetup): EndFault {
  gateway.down = true
  gateway.dropConnections()
  return () => {
    gateway.down = false
  }
}

function failReads(trouble: RestFault): Fault {
  return (here) => {
    here.readFault = trouble
    return () => {
      here.readFault = undefined
    }
  }
}

/** Discord answers Unknown Guild until it announces the guilds again. */
function guildsUnknown(here: SoakSetup): EndFault {
  here.readFault = apiErrorFault(unknown.guild())
  return () => {
    here.readFault = undefined
    for (const { id } of here.guilds) {
      here.discord.gateway.setAvailable(id, false)
      here.discord.gateway.setAvailable(id, true)
    }
  }
}

/** Only the next page is empty. */
function emptyPage(here: SoakSetup): undefined {
  here.nextReadFault = EMPTY_LOG
}

function limitedRoute({ discord: { rateLimits } }: SoakSetup): EndFault {
  rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 1, window: 20 })
  return () => rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 1000, window: 1000 })
}

function limitedGlobally({ discord: { rateLimits } }: SoakSetup): EndFault {
  rateLimits.global = { limit: 1, window: 20 }
  return () => {
    rateLimits.global = defaultRateLimits().global
  }
}

function loseEvents(here: SoakSetup): EndFault {
  here.withholds = isEntry
  return () => {
    here.withholds = undefined
  }
}

function withholdEvents(order: (events: readonly WorldEvent[]) => readonly WorldEvent[]): Fault {
  return (here) => {
    const events: WorldEvent[] = []
    here.withholds = (happening) => {
      if (isEntry(happening)) events.push(happening)
      return isEntry(happening)
    }
    return () => {
      here.withholds = undefined
      for (const happening of order(events)) here.discord.world.emit(happening)
    }
  }
}

function isEntry({ event }: WorldEvent): boolean {
  return event === GatewayDispatchEvents.GuildAuditLogEntryCreate
}

function twice({ discord, guilds }: SoakSetup): undefined {
  for (const guild of guilds) {
    for (const entry of guild.log.since().slice(-3)) discord.world.emitEntry(guild, entry)
  }
}

function malformed({ discord, guilds, random }: SoakSetup): undefined {
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
 * Malformed frames that make no claim about a guild. Interactions are left out: the bot would answer those it can parse,
 * and log that Discord rejects the answer, because nobody sent the interaction.
 */
function oddFramesCome({ discord, town, guilds, random }: SoakSetup): undefined {
  const frames = oddFrames({ guildId: random.pick(guilds).id, botId: town.bot.id }).filter(
    (frame) => !('event' in frame) || frame.event !== GatewayDispatchEvents.InteractionCreate,
  )
  for (let left = random.whole(1, 20); left > 0; left--) {
    discord.gateway.sendOddFrame(town.bot.id, random.pick(frames))
  }
}

/** The connection drops, and the next one begins with a malformed HELLO. */
function oddHello({ discord: { gateway }, random }: SoakSetup): EndFault {
  const usual = gateway.hello
  gateway.hello = random.pick([null, 'hello', [], {}, { heartbeat_interval: 0 }, { heartbeat_interval: -1 }])
  gateway.dropConnections()
  return () => {
    gateway.hello = usual
  }
}

/** Invalidates the session with malformed data. */
function oddInvalidSession({ discord: { gateway }, random }: SoakSetup): undefined {
  gateway.invalidSession = random.pick([null, 'false', [], {}])
  gateway.invalidate()
  gateway.invalidSession = false
}

function permissionTaken({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  const { id, permissions } = town.roles.custos
  roles.updateRole(actor, id, { permissions: '0' })
  return () => roles.updateRole(actor, id, { permissions })
}

function rolesTaken({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  members.removeRoles(actor, town.bot.id, [town.roles.custos.id])
  return () => members.addRoles(actor, town.bot.id, [town.roles.custos.id])
}

function permissionGone({ town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const { id, permissions } = town.roles.custos
  const set = (changed: string) => guild.roles.set(id, { ...town.roles.custos, permissions: changed })
  set('0')
  return () => set(permissions)
}

/** Makes a channel private, so that it becomes hidden from the bot. */
function hidden({ discord, town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const actor = { world: discord.world, guild, actorId: town.moderators[0]?.id ?? '' }
  const channel = random.pick(town.channels.slice(0, 2))
  overwrites.setOverwrite(
    actor,
    channel,
    overwrites.roleOverwrite(guild.id, 0n, PermissionFlagsBits.ViewChannel),
  )
  return () => overwrites.deleteOverwrite(actor, channel, guild.id)
}

/** Allows the bot to view a private channel. */
function revealed({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  const letIn = overwrites.roleOverwrite(town.roles.custos.id, PermissionFlagsBits.ViewChannel, 0n)
  overwrites.setOverwrite(actor, town.modRoom, letIn)
  return () => overwrites.deleteOverwrite(actor, town.modRoom, town.roles.custos.id)
}

/** Creates a private channel, and soon deletes it. */
function hiddenDeleted({ discord, town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const actor = { world: discord.world, guild, actorId: town.moderators[0]?.id ?? '' }
  const permission_overwrites = [overwrites.roleOverwrite(guild.id, 0n, PermissionFlagsBits.ViewChannel)]
  const id = discord.world.newId()
  const ticket = textChannel(id, guild.id, `ticket-${random.whole(1, 999)}`)
  channels.createChannel(actor, { ...ticket, permission_overwrites })
  return () => channels.deleteChannel(actor, id)
}

function unavailable({ discord, guilds, random }: SoakSetup): EndFault {
  const { id } = random.pick(guilds)
  discord.gateway.setAvailable(id, false)
  return () => discord.gateway.setAvailable(id, true)
}

function removed({ discord, town, guilds, random }: SoakSetup): EndFault | undefined {
  const guild = random.pick(guilds)
  if (!guild.members.has(town.bot.id)) return undefined
  discord.gateway.announceLeave(guild.id, town.bot.id)
  guild.members.delete(town.bot.id)
  return () => {
    guild.addMember(town.bot.user, [town.roles.custos.id], discord.world.now())
    discord.gateway.announceJoin(guild.id, town.bot.id)
  }
}

async function restarted(here: SoakSetup): Promise<undefined> {
  if (!here.canRestart) return
  await here.stopBot()
  await here.startBot()
}

function lateEntry({ discord, guilds, random, town }: SoakSetup): undefined {
  const id = discord.world.newId(discord.world.now() - random.whole(1, 10) * MINUTE)
  const entry = {
    id,
    action_type: 20,
    user_id: town.moderators[0]?.id ?? '',
    target_id: random.pick(town.members).id,
  }
  random.pick(guilds).log.add(entry)
}

function clockSteps({ host, random }: SoakSetup): undefined {
  host.ahead = random.pick([0, -100 * DAY, -60 * MINUTE, 60 * MINUTE, 100 * DAY])
}

/** One response is dated by a cache or a wrong clock. */
function oddDate({ discord, random }: SoakSetup): undefined {
  const off = random.pick([-100 * DAY, -DAY, 2 * MINUTE, 100 * DAY])
  discord.dateHeader = (now) => {
    discord.dateHeader = undefined
    return now + off
  }
}

/** All responses are dated by a proxy whose clock is ahead. */
function datedByProxy({ discord, random }: SoakSetup): EndFault {
  const off = random.pick([2, 100]) * DAY
  discord.dateHeader = (now) => now + off
  return () => {
    discord.dateHeader = undefined
  }
}

function growth({ discord, guilds, random }: SoakSetup): undefined {
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
