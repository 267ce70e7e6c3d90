import type { InteractionType } from 'discord-api-types/v10'
import type { Discord } from '../discord.ts'
import { messagePayload } from '../payloads/message.ts'
import { permissionsIn } from '../world/access.ts'
import type { Guild } from '../world/guild.ts'
import { Interaction } from '../world/interaction.ts'
import type { JsonObject } from '../world/json.ts'
import type { Message } from '../world/message.ts'

/** The channel a member is in, and the bot they use. */
export interface ClientLocation {
  readonly guild: Guild
  readonly channelId: string
  readonly applicationId: string
}

/**
 * Creates a member's interaction and sends it to the bot.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 * @param source the message whose button or menu was used, or opened the modal that is submitted
 */
export function sendInteraction(
  discord: Discord,
  userId: string,
  location: ClientLocation,
  { type, data, source }: { type: InteractionType; data: JsonObject; source: Message | undefined },
): Interaction {
  const { world, conversation, gateway } = discord
  const { guild, channelId, applicationId } = location
  const interaction = new Interaction({
    id: world.newId(),
    type,
    token: `token-${crypto.randomUUID()}`,
    applicationId,
    userId,
    guildId: guild.id,
    channelId,
    createdAt: world.now(),
    source,
  })
  conversation.open(interaction)
  const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
  const permissionsOf = (id: string) =>
    String(channel ? permissionsIn(guild, id, channel) : guild.permissionsOf(id))
  const permissions = permissionsOf(userId)
  gateway.sendInteraction(applicationId, guild.id, {
    id: interaction.id,
    token: interaction.token,
    application_id: applicationId,
    type,
    version: 1,
    data,
    guild_id: guild.id,
    guild: { id: guild.id, locale: 'en-US', features: [] },
    channel_id: channelId,
    channel: { ...channel, permissions },
    member: { ...guild.members.get(userId), permissions },
    app_permissions: permissionsOf(applicationId),
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': guild.id },
    context: 0,
    attachment_size_limit: discord.fileLimit,
    ...(source && { message: messagePayload(source) }),
  })
  return interaction
}
