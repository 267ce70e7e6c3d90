import { PermissionBits } from './undocumented.ts'

/** `KickMembers` as `Kick Members`, `SendTTSMessages` as `Send TTS Messages`. */
export function spaced(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
}

/** What Discord's client calls a permission, where its API says otherwise. */
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

/** The names of a permission's bits. https://docs.discord.com/developers/topics/permissions */
export const PERMISSIONS: ReadonlyMap<bigint, string> = new Map(
  Object.entries(PermissionBits).map(([name, bit]) => [bit, CLIENT_NAMES[name] ?? spaced(name)]),
)

/** The names of an enum of flags, in lower case, or words of ours. */
export function flagNames(
  flags: Readonly<Record<string, string | number>>,
  ours: Readonly<Record<string, string>> = {},
): ReadonlyMap<bigint, string> {
  return new Map(
    Object.entries(flags).flatMap(([name, bit]) =>
      typeof bit === 'number' ? [[BigInt(bit), ours[name] ?? spaced(name).toLowerCase()]] : [],
    ),
  )
}

/** A bit set as Discord sends it, a number or a decimal string; undefined for what is none. */
export function readBits(sent: unknown): bigint | undefined {
  if (typeof sent === 'number' && Number.isSafeInteger(sent) && sent >= 0) return BigInt(sent)
  return typeof sent === 'string' && /^\d{1,40}$/.test(sent) ? BigInt(sent) : undefined
}

/** The names of the bits that are set, in the order of the bits; a bit nobody has named goes by its number. */
export function namesOfBits(bits: bigint, names: ReadonlyMap<bigint, string>): string[] {
  const set: string[] = []
  for (let context = 0n; bits >> context > 0n; context++) {
    const bit = 1n << context
    if (bits & bit) set.push(names.get(bit) ?? `unknown (bit ${context})`)
  }
  return set
}
