import type { EntityType } from '../../names/named-entity.ts'

/** Every entry is in exactly one of these groups, so that counts by group add up to the total. */
export const GROUPS = [
  'Bans & kicks',
  'Timeouts',
  'Deletes',
  'Members',
  'Roles',
  'Channels',
  'Messages',
  'AutoMod',
  'Server',
  'Other',
] as const

export type Group = (typeof GROUPS)[number]

/** What an entry's `target_id` identifies: `unknown` where Discord does not say, `none` where it has no target. */
export type TargetType = EntityType | 'unknown' | 'none'

/** Whether targets are entities of one type. */
export function isEntityType(target: TargetType): target is EntityType {
  return target !== 'unknown' && target !== 'none'
}

/** The parts of a sentence, as formatted text. A part that an entry may lack can be undefined. */
export interface SentenceParts {
  /** Who acted; “Somebody unknown” if Discord does not say. It is capitalized, so the sentence begins with it. */
  readonly by: string
  /** What it was done to; “something unknown” or “somebody unknown” if the entry does not say. */
  readonly target: string
  /** The target, for actions whose entries often have none. */
  readonly targetIfKnown: string | undefined
  /** The member whom AutoMod or Discord acted against. */
  readonly offender: string
  /** The executor, if that is not the target as well. */
  readonly otherExecutor: string | undefined
  /** `the command /ban`, or all commands of an application. */
  readonly command: string
  readonly channel: string | undefined
  /** `a message`, `1,234 messages` */
  readonly messages: string
  /** `a member`, `12 members` */
  readonly members: string
  /** `12 members`, or `members` if the number is not known. */
  readonly pruned: string
  /** How long pruned members had been inactive: `7 days`. */
  readonly days: string | undefined
  /** The role or member that permissions in a channel are set for. */
  readonly overwritten: string | undefined
  /** How long a timeout lasts from the entry on: `17 hours`. */
  readonly duration: string | undefined
  /** Whether a member who is timed out had a timeout already. */
  readonly hadTimeout: boolean
  /** The roles that were added and removed: `+Muted −Trusted`. */
  readonly roles: string | undefined
  /** The name of an AutoMod rule. */
  readonly rule: string | undefined
  /** The status of a voice channel. */
  readonly status: string | undefined
  /** How one date of an event changed: `cancelled`, `restored` or `changed`. */
  readonly changed: string
}

/** One kind of action. */
export interface ActionRow {
  /** Discord's action type. */
  readonly type: number
  /** One of `Kind`, for an action that Discord logs under another action's type. By default the type itself. */
  readonly kind?: number
  /** For a kind below zero that has a name of its own. By default the name in Discord's enum, in words. */
  readonly name?: string
  readonly group: Group
  readonly target: TargetType
  readonly emoji: string
  /** What the entry's count counts, if it has one. */
  readonly counts?: 'message' | 'member'
  readonly sentence: (parts: SentenceParts) => string
}

/** What the actions on one type of target have in common. */
export type RowBase = Pick<ActionRow, 'group' | 'target' | 'emoji'>

/** A part that an entry may lack, with the text around it; empty where the entry lacks it. */
export function optional(before: string, part: string | undefined, after = ''): string {
  return part === undefined ? '' : before + part + after
}
