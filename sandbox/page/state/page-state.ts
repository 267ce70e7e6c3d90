import type { Embed } from '../../rendering/embed.ts'
import type { FaultName } from '../fault-switches.ts'
import type { Choice } from '../protocol.ts'

// What the page receives over `/state` whenever it changes. Times are milliseconds since the Unix epoch.

export interface UserView {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly bot: boolean
  /** Whether they own the server. */
  readonly isOwner: boolean
  /** The CSS colour of their highest role with a colour; empty if none has one. */
  readonly colour: string
  /** The role they are listed under; empty for members without one, undefined for users who are not members. */
  readonly group: string | undefined
}

export interface GuildView {
  readonly name: string
  /** The id of the bot under test. */
  readonly bot: string
  readonly channels: readonly ChannelView[]
  readonly roles: readonly { readonly id: string; readonly name: string; readonly colour: string }[]
  /** Every user, members or not, so that the page can show names for ids. */
  readonly users: readonly UserView[]
  /** Members that the page offers to be. */
  readonly suggestedMembers: readonly SuggestedMember[]
}

export interface SuggestedMember {
  readonly id: string
  readonly description: string
  /** Whether they have Manage Server. */
  readonly isManager: boolean
}

export interface ChannelView {
  readonly id: string
  readonly name: string
  /** `direct`: the direct messages between the member and the bot. */
  readonly type: 'text' | 'voice' | 'thread' | 'direct'
}

export type OptionType = 'text' | 'integer' | 'boolean' | 'user' | 'channel' | 'role'

export interface OptionView {
  readonly name: string
  readonly description: string
  readonly type: OptionType
  readonly required: boolean
  readonly hasAutocomplete: boolean
  readonly choices: readonly Choice[]
}

export interface CommandView {
  /** Such as `audit recent`. */
  readonly path: string
  readonly description: string
  readonly options: readonly OptionView[]
}

/** A command of a context menu. */
export interface MenuView {
  readonly name: string
  readonly on: 'user' | 'message'
}

export type ComponentView =
  | { readonly type: 'button'; readonly label: string; readonly style: number; readonly disabled: boolean }
  | {
      readonly type: 'menu'
      readonly placeholder: string
      readonly disabled: boolean
      readonly options: readonly MenuOption[]
    }

export interface MenuOption {
  readonly value: string
  readonly label: string
  readonly description: string
  readonly emoji: string
}

export interface MessageView {
  readonly id: string
  readonly channel: string
  readonly author: string
  readonly at: number
  readonly edited: boolean
  /** Whether it mentions the member who sees it. */
  readonly isMention: boolean
  readonly ephemeral: boolean
  readonly thinking: boolean
  readonly content: string
  readonly embeds: readonly Embed[]
  readonly files: readonly FileView[]
  readonly rows: readonly (readonly ComponentView[])[]
  /** The command it answers. */
  readonly used: UsedCommand | undefined
}

export interface UsedCommand {
  /** The id of the member who used it. */
  readonly by: string
  /** Such as `audit recent`, or the name of a context menu command. */
  readonly command: string
  readonly kind: 'slash' | 'user' | 'message'
  /** The id of the user the context menu belonged to. */
  readonly target: string | undefined
}

export interface FileView {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly url: string
  readonly isImage: boolean
  readonly description: string
}

/** An entry of Discord's audit log in words, written without the bot. */
export interface LogLine {
  readonly id: string
  readonly at: number
  readonly action: string
  readonly by: string | null
  readonly on: string
  readonly channel: string
  readonly count: number
  readonly reason: string
}

export interface LogView {
  readonly retentionDays: number
  /** Counts for common windows of time. */
  readonly counts: readonly { readonly window: string; readonly entries: number; readonly deleted: number }[]
  readonly lines: readonly LogLine[]
}

export interface BotView {
  readonly state: 'starting' | 'reading' | 'connected' | 'disconnected' | 'stopped'
  readonly lastLogMessage: string
  readonly faults: readonly FaultName[]
  readonly isTimePassing: boolean
  readonly isRaid: boolean
}

export type StateUpdate =
  | { readonly type: 'guild'; readonly guild: GuildView }
  | {
      readonly type: 'commands'
      readonly commands: readonly CommandView[]
      readonly menus: readonly MenuView[]
    }
  | { readonly type: 'message'; readonly message: MessageView }
  | { readonly type: 'removed'; readonly key: string }
  | { readonly type: 'log'; readonly log: LogView }
  | { readonly type: 'bot'; readonly bot: BotView }
  | { readonly type: 'time'; readonly now: number }
