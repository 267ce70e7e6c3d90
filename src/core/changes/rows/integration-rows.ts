import { IntegrationExpireBehavior, WebhookType } from 'discord-api-types/v10'
import { type ChangeRows, list, row } from '../change-row.ts'
import { named, person } from '../readers/object-readers.ts'
import { days, mention, number, oneOf, onOff, time, yesNo } from '../readers/readers.ts'
import { ADDED_BY } from './shared-rows.ts'

/**
 * The type of an integration: nearly always the name of a service, which needs no other words.
 * https://docs.discord.food/resources/integration#integration-type
 */
export const integrationType = oneOf(
  { GuildSubscription: 'guild_subscription' },
  { GuildSubscription: 'server subscription' },
)

/** https://docs.discord.food/resources/integration#integration-object */
export const INTEGRATION_ROWS: ChangeRows = {
  type: row('type', integrationType),
  enabled: row('enabled', onOff),
  account: row('account', named),
  application: row('application', named),
  scopes: list('scopes', oneOf({ commands: 'applications.commands' }, { commands: 'slash commands' })),
  role_id: row('role of subscribers', mention('role')),
  enable_emoticons: row('emoticons', onOff),
  expire_behavior: row(
    'when it expires',
    oneOf(IntegrationExpireBehavior, { RemoveRole: 'remove the role' }),
  ),
  expire_grace_period: row('grace period', days),
  syncing: row('syncing', yesNo),
  synced_at: row('synced', time),
  subscriber_count: row('subscribers', number),
  revoked: row('revoked', yesNo),
  role_connections_metadata: list('what linked roles can ask for', named),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/webhook#webhook-object */
export const WEBHOOK_ROWS: ChangeRows = {
  type: row('type', oneOf(WebhookType)),
  source_guild: row('follows the server', named),
  source_channel: row('follows the channel', named),
  user: row('made by', person),
  user_id: row('made by', person),
}
