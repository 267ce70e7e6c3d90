import { PermissionBits } from './undocumented.ts'

/** Separates the words of an enum name: `Kick Members` for `KickMembers`, `Send TTS Messages` for `SendTTSMessages`. */
export function spaced(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
}

/** Names of permissions in Discord's client that differ from those in its API. */
const CLIENT_NAMES: Readonly<Record<string, string>> = {
  CreateInstantInvite: 'Create Invite',
  ManageGuild: 'Manage Server',
  ViewGuildInsights: 'View Server Insights',
  ViewChannel: 'View Channels',
  Stream: 'Video',
  UseVAD: 'Use Voice Activity',
  MentionEveryone: 'Mention Everyone',
  ManageEmojisAndStickers: 'Manage Expressions',
  ManageGuildExpressions: 'Manage Expressions',
  CreateGuildExpressions: 'Create Expressions',
  ModerateMembers: 'Time Out Members',
  UseEmbeddedActivities: 'Use Activities',
  SendMessagesInThreads: 'Send Messages in Threads',
  SendTTSMessages: 'Send Text-to-Speech Messages',
}

/** The name in Discord's client of a permission of its API: `Manage Server` for `ManageGuild`. */
export function permissionName(permission: string): string {
  return CLIENT_NAMES[permission] ?? spaced(permission)
}

/** The name of each permission bit. https://docs.discord.com/developers/topics/permissions */
export const PERMISSIONS: ReadonlyMap<bigint, string> = new Map(
  Object.entries(PermissionBits).map(([name, bit]) => [bit, permissionName(name)]),
)

/** The name of each flag of an enum: the chosen one, or its name in the enum in lower case. */
export function flagNames(
  flags: Readonly<Record<string, string | number>>,
  chosen: Readonly<Record<string, string>> = {},
): ReadonlyMap<bigint, string> {
  return new Map(
    Object.entries(flags).flatMap(([name, bit]) =>
      typeof bit === 'number' ? [[BigInt(bit), chosen[name] ?? spaced(name).toLowerCase()]] : [],
    ),
  )
}

/** A bit set as Discord sends it, a number or a decimal string; undefined for any other value. */
export function readBits(sent: unknown): bigint | undefined {
  if (typeof sent === 'number' && Number.isSafeInteger(sent) && sent >= 0) return BigInt(sent)
  return typeof sent === 'string' && /^\d{1,40}$/.test(sent) ? BigInt(sent) : undefined
}

/** The names of the bits that are set, in order. A bit without a name is shown by its number. */
export function namesOfBits(bits: bigint, names: ReadonlyMap<bigint, string>): string[] {
  const set: string[] = []
  for (let index = 0n; bits >> index > 0n; index++) {
    const bit = 1n << index
    if (bits & bit) set.push(names.get(bit) ?? `unknown (bit ${index})`)
  }
  return set
}
