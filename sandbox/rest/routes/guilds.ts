import { PermissionFlagsBits } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import { guildPayload } from '../../payloads/guild.ts'
import { mayView } from '../../world/access.ts'
import type { LogEntry, LogQuery } from '../../world/audit-log.ts'
import type { Guild } from '../../world/guild.ts'
import { type JsonObject, jsonObjects } from '../../world/json.ts'
import type { World } from '../../world/world.ts'
import type { BotEnv } from '../authorize.ts'
import { missingAccess, missingPermissions, unknown } from '../errors.ts'
import { QueryParams } from '../query-params.ts'

/** Guilds, their channels, roles, members and audit log. https://docs.discord.com/developers/resources/guild */
export function guildRoutes(world: World) {
  const guildOf = (context: Context<BotEnv, '/guilds/:guild'>): Guild => {
    const guild = world.guilds.get(context.req.param('guild'))
    if (!guild?.members.has(context.var.application.id)) throw unknown.guild()
    return guild
  }
  return (
    new Hono<BotEnv>()
      .get('/guilds/:guild', (context) => context.json(guildPayload(guildOf(context))))
      .get('/guilds/:guild/channels', (context) => {
        const guild = guildOf(context)
        const { application } = context.var
        const channels = [...guild.channels.values()]
        return context.json(channels.filter((channel) => mayView(guild, application.id, channel)))
      })
      .get('/guilds/:guild/roles', (context) => context.json([...guildOf(context).roles.values()]))
      // Needs no privileged intent. @everyone is not in the answer.
      .get('/guilds/:guild/roles/member-counts', (context) => {
        const { roles, members, id: everyone } = guildOf(context)
        const holders = (role: string) =>
          [...members.values()].filter((member) => member.roles.includes(role))
        const counted = [...roles.keys()].filter((role) => role !== everyone)
        return context.json(Object.fromEntries(counted.map((role) => [role, holders(role).length])))
      })
      .get('/guilds/:guild/members', (context) => {
        const guild = guildOf(context)
        // The list needs the Server Members intent; a single member does not.
        if (!context.var.application.membersIntent) throw missingAccess()
        const query = new QueryParams(context.req.query())
        const limit = query.wholeNumber('limit', 1, 1000) ?? 1
        const after = BigInt(query.snowflake('after') ?? 0)
        query.check()
        const members = [...guild.members.values()].filter(({ user }) => BigInt(user.id) > after)
        return context.json(
          members.sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1)).slice(0, limit),
        )
      })
      .get('/guilds/:guild/members/:user', (context) => {
        const member = guildOf(context).members.get(context.req.param('user'))
        if (!member) throw unknown.member()
        return context.json(member)
      })
      .get('/guilds/:guild/audit-logs', (context) => {
        const guild = guildOf(context)
        const { application } = context.var
        if (!guild.may(application.id, PermissionFlagsBits.ViewAuditLog)) throw missingPermissions()
        const keptSince = world.now() - world.retention
        const entries = guild.log.query(readLogQuery(context.req.query()), keptSince)
        return context.json({
          audit_log_entries: entries,
          users: referredUsers(world, entries),
          integrations: [],
          webhooks: referredWebhooks(guild, entries),
          guild_scheduled_events: [],
          threads: [...new Set(entries.flatMap(({ target_id }) => guild.threads.get(target_id ?? '') ?? []))],
          application_commands: [],
          auto_moderation_rules: [],
        })
      })
  )
}

function readLogQuery(given: Record<string, string>): LogQuery {
  const query = new QueryParams(given)
  const [before, after] = [query.snowflake('before'), query.snowflake('after')]
  const logQuery = {
    userId: query.snowflake('user_id'),
    targetId: query.snowflake('target_id'),
    actionType: query.wholeNumber('action_type', 0, 2 ** 31),
    limit: query.wholeNumber('limit', 1, 100) ?? 50,
    before: before === undefined ? undefined : BigInt(before),
    after: after === undefined ? undefined : BigInt(after),
  }
  query.check()
  return logQuery
}

/** The users that entries refer to, as executor or target. */
function referredUsers(world: World, entries: readonly LogEntry[]): JsonObject[] {
  const ids = new Set(entries.flatMap(({ user_id, target_id }) => [user_id ?? '', target_id ?? '']))
  return jsonObjects([...ids].map((id) => world.users.get(id)))
}

/** The existing webhooks that entries refer to: a webhook is the target if its message was deleted. */
function referredWebhooks(guild: Guild, entries: readonly LogEntry[]): JsonObject[] {
  const ids = new Set(entries.map(({ target_id }) => target_id ?? ''))
  return [...ids].flatMap((id) => {
    const resource = guild.resources.get(id)
    if (resource?.type !== 'webhook') return []
    const { name, channel_id = null } = resource.values
    return [{ id, type: 1, guild_id: guild.id, channel_id, name, avatar: null, application_id: null }]
  })
}
