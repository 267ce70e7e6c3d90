/** The actions that the page offers, by the names it sends them with. */
export const GUILD_ACTION_NAMES = [
  'delete',
  'purge',
  'timeout',
  'kick',
  'ban',
  'unban',
  'give',
  'take',
  'recolour',
  'slow',
] as const
export type GuildActionName = (typeof GUILD_ACTION_NAMES)[number]

export type ActionField = 'member' | 'channel' | 'role' | 'count' | 'reason'

/** The label of each action, and the fields of its form. */
export const GUILD_ACTIONS: Readonly<
  Record<GuildActionName, { readonly label: string; readonly fields: readonly ActionField[] }>
> = {
  delete: { label: 'Delete messages', fields: ['member', 'channel', 'count'] },
  purge: { label: 'Delete in bulk', fields: ['channel', 'count', 'reason'] },
  timeout: { label: 'Time out for a day', fields: ['member', 'reason'] },
  kick: { label: 'Kick', fields: ['member', 'reason'] },
  ban: { label: 'Ban', fields: ['member', 'reason'] },
  unban: { label: 'Unban', fields: ['member', 'reason'] },
  give: { label: 'Add a role', fields: ['member', 'role', 'reason'] },
  take: { label: 'Remove a role', fields: ['member', 'role', 'reason'] },
  recolour: { label: 'Change a role’s colour', fields: ['role', 'reason'] },
  slow: { label: 'Switch slow mode', fields: ['channel', 'reason'] },
}
