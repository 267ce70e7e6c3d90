import type { CommandContext } from '../../src/command/context.ts'

/** The context of an interaction without Discord: its member may do everything, and nothing is drawn or recorded. */
export function commandContext(given: Pick<CommandContext, 'now'> & Partial<CommandContext>): CommandContext {
  return {
    guildName: 'A guild',
    timeZone: 'UTC',
    retentionDays: undefined,
    fileLimit: 10_000_000,
    hiddenChannels: 0,
    hasPermission: () => true,
    hasOwnPermission: () => true,
    ownerRights: async () => 'granted',
    roleMembers: async () => ({ members: [], holders: undefined, lacks: undefined }),
    rolePermissions: async () => new Map(),
    drawChart: async () => undefined,
    obstacleIn: async () => undefined,
    isMentionable: () => false,
    addWatch: async () => undefined,
    removeWatch: async () => undefined,
    operate: async () => {},
    report: () => {},
    ...given,
  }
}
