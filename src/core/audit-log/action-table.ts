import { AUTOMOD_ACTIONS } from './actions/automod.ts'
import { CHANNEL_ACTIONS } from './actions/channels.ts'
import { MEMBER_ACTIONS } from './actions/members.ts'
import { MESSAGE_ACTIONS } from './actions/messages.ts'
import type { ActionRow } from './actions/row.ts'
import { SERVER_ACTIONS } from './actions/server.ts'

/**
 * Every action type in Discord's documentation, its OpenAPI specification or the unofficial documentation, in the order
 * of their numbers. If several kinds share a type, the type itself is first.
 *
 * To add an action type: add its row to the file of its group in `actions/`. If `AuditLogEvent` of discord-api-types
 * does not have it, first add its name and number to `ActionType` in `undocumented.ts`. Then add its group and category
 * to `test/core/audit-log/discord-actions.ts`, an entry of it to `test/view/entry/every-action.ts`, and the keys that it
 * changes to `OBJECT_ROWS` in `changes/change-table.ts`. If members can do it without a moderator's permission, list it
 * in `action.ts`.
 *
 * https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events
 * https://docs.discord.food/resources/audit-log#audit-log-action-type
 */
export const ACTION_ROWS: readonly ActionRow[] = [
  ...MEMBER_ACTIONS,
  ...CHANNEL_ACTIONS,
  ...MESSAGE_ACTIONS,
  ...AUTOMOD_ACTIONS,
  ...SERVER_ACTIONS,
].sort((a, b) => a.type - b.type)
