/** What one can make happen in the guild. */
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

/** What a deed has to be told. */
export type ActionField = 'whom' | 'channel' | 'role' | 'count' | 'reason'

export const GUILD_ACTIONS: Readonly<
  Record<GuildActionName, { readonly label: string; readonly asks: readonly ActionField[] }>
> = {
  delete: { label: 'Delete messages', asks: ['whom', 'channel', 'count'] },
  purge: { label: 'Delete in bulk', asks: ['channel', 'count', 'reason'] },
  timeout: { label: 'Time out for a day', asks: ['whom', 'reason'] },
  kick: { label: 'Kick', asks: ['whom', 'reason'] },
  ban: { label: 'Ban', asks: ['whom', 'reason'] },
  unban: { label: 'Lift a ban', asks: ['whom', 'reason'] },
  give: { label: 'Give a role', asks: ['whom', 'role', 'reason'] },
  take: { label: 'Take a role', asks: ['whom', 'role', 'reason'] },
  recolour: { label: 'Recolour a role', asks: ['role', 'reason'] },
  slow: { label: 'Slow a channel down', asks: ['channel', 'reason'] },
}

/** What can be broken, and mended again. */
export const FAULT_NAMES = ['gateway', 'rest', 'events', 'permission', 'bot'] as const
export type FaultName = (typeof FAULT_NAMES)[number]

export const FAULT_SWITCHES: Readonly<Record<FaultName, { readonly label: string; readonly hint: string }>> =
  {
    gateway: { label: 'Gateway down', hint: 'No events reach Custos, and it cannot connect.' },
    rest: { label: 'REST refuses', hint: 'Reading the audit log is answered with 503.' },
    events: { label: 'Events are lost', hint: 'New entries are in the log, and Custos is not told.' },
    permission: { label: 'No View Audit Log', hint: 'Custos’s role loses the permission.' },
    bot: { label: 'Custos is stopped', hint: 'Its process ends; what it kept stays on disk.' },
  }
