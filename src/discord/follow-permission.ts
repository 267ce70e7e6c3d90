import { type Client, Events, type Guild, PermissionFlagsBits } from 'discord.js'
import type { Snowflake } from '../core/snowflake.ts'
import type { CatchUp } from '../sync/catch-up.ts'

/**
 * Notices when the bot may no longer view a guild's audit log, and when it may again. Discord then sends none of its
 * entries, and does not say so.
 */
export function followPermission(client: Client, catchUp: Pick<CatchUp, 'bar' | 'begin'>): void {
  const barred = new Set<Snowflake>()
  const judge = ({ id, members: { me } }: Guild) => {
    if (!me) return
    const mayView = me.permissions.has(PermissionFlagsBits.ViewAuditLog)
    if (mayView && barred.delete(id)) catchUp.begin(id)
    if (mayView || barred.has(id)) return
    barred.add(id)
    catchUp.bar(id)
  }
  client.on(Events.GuildCreate, judge)
  client.on(Events.GuildAvailable, judge)
  client.on(Events.GuildUpdate, (_, guild) => judge(guild))
  client.on(Events.GuildRoleUpdate, (_, { guild }) => judge(guild))
  client.on(Events.GuildRoleDelete, ({ guild }) => judge(guild))
  // Of the bot itself Discord tells without the privileged intent.
  // https://docs.discord.com/developers/events/gateway#list-of-intents
  client.on(Events.GuildMemberUpdate, (_, { guild }) => judge(guild))
}
