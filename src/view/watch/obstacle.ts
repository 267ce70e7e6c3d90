import { permissionName } from '../../core/audit-log/named-bits.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Obstacle } from '../../core/watch/watch.ts'

/** What Custos needs in a channel that it posts in, by the names in discord-api-types. */
const NEEDED = ['ViewChannel', 'SendMessages', 'EmbedLinks']

/** Why nothing can be posted in a channel: `Custos lacks **Send Messages** there`. */
export function describeObstacle(obstacle: Obstacle): string {
  if (obstacle.type === 'channel') return 'the channel was deleted'
  if (isLocked(obstacle.permissions)) return 'the thread is locked'
  return `Custos lacks ${permissionsIn('there', obstacle.permissions)}`
}

/** Why nothing can be posted in a channel, and what to do about it: the end of a sentence, and another. */
export function obstacleSentence(obstacle: Obstacle, channelId: Snowflake): string {
  if (obstacle.type === 'channel') return 'that channel was deleted. Choose another.'
  if (isLocked(obstacle.permissions))
    return `<#${channelId}> is locked. Unlock the thread, or choose another channel.`
  return (
    `Custos lacks ${permissionsIn(`in <#${channelId}>`, obstacle.permissions)}. Give that to its role under Edit Channel → ` +
    'Permissions, and run the command again.'
  )
}

/** Whether only those who manage threads can post. Custos does not ask for that: a thread can be unlocked. */
function isLocked([permission, ...others]: readonly string[]): boolean {
  return permission === 'ManageThreads' && others.length === 0
}

/** `**View Channel** and **Send Messages** there`. */
function permissionsIn(where: string, permissions: readonly string[]): string {
  return permissions.length === 0
    ? `a permission ${where}: it needs ${listed(NEEDED)}`
    : `${listed(permissions)} ${where}`
}

function listed(permissions: readonly string[]): string {
  // What Discord calls View Channels for a role is View Channel for a channel.
  const names = permissions.map((each) => (each === 'ViewChannel' ? 'View Channel' : permissionName(each)))
  return new Intl.ListFormat('en-GB').format(names.map((name) => `**${name}**`))
}
