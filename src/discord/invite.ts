import { PermissionFlagsBits } from 'discord.js'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'

/**
 * The link that adds the bot to a server, with the one permission that it needs.
 * https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow
 */
function inviteLink(applicationId: Snowflake): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(PermissionFlagsBits.ViewAuditLog),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

/** Logs the link for those who start Custos for the first time: it is in no server, or was in none before. */
export async function logInvite(
  applicationId: Snowflake,
  { log, isNew }: { readonly log: Log; readonly isNew: boolean | Promise<boolean> },
): Promise<void> {
  if (await isNew)
    log.info({ invite: inviteLink(applicationId) }, 'Invite Custos to a server with this link.')
}
