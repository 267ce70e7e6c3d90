import { permissionName } from '../../core/audit-log/named-bits.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Obstacle } from '../../core/watch/watch.ts'

/** What Custos needs in a channel that it posts in, by the names in discord-api-types. */
const NEEDED = ['ViewChannel', 'SendMessages', 'EmbedLinks']

/** Why nothing can be posted in a channel: `Custos lacks **Send Messages** there`. */
export function describeObstacle(obstacle: Obstacle): string {
  return obstacle.type === 'channel'
    ? 'the channel was deleted'
    : `Custos lacks ${permissionList(obstacle.permissions)} there`
}

/** Why nothing can be posted in a channel, and what to do about it. */
export function obstacleSentence(obstacle: Obstacle, channelId: Snowflake): string {
  if (obstacle.type === 'channel') return 'That channel was deleted. Choose another.'
  const permissions = permissionList(obstacle.permissions)
  return (
    `Custos cannot post in <#${channelId}>: it lacks ${permissions} there. Give its role ` +
    'that under Edit Channel → Permissions.'
  )
}

/** `**View Channel** and **Send Messages**`. */
function permissionList(permissions: readonly string[]): string {
  if (permissions.length === 0) return `a permission: it needs ${permissionList(NEEDED)}`
  // What Discord calls View Channels for a role is View Channel for a channel.
  const names = permissions.map(
    (each) => `**${each === 'ViewChannel' ? 'View Channel' : permissionName(each)}**`,
  )
  return new Intl.ListFormat('en-GB').format(names)
}
