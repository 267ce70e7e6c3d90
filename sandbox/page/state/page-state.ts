import type { Embed } from '../../rendering/embed.ts'
import type { FaultName } from '../guild-actions.ts'
import type { Choice } from '../protocol.ts'

// What the page is told over `/feed`, whenever it has changed.

export interface MemberView {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly bot: boolean
  /** The colour of their highest role that has one; empty when none has. */
  readonly colour: string
  /** The name of the role they are listed under; empty for those in none, undefined for those who are not members. */
  readonly group: string | undefined
}

export interface GuildView {
  readonly name: string
  /** The bot that is tried. */
  readonly bot: string
  readonly channels: readonly ChannelView[]
  readonly roles: readonly { readonly id: string; readonly name: string; readonly colour: string }[]
  readonly members: readonly MemberView[]
  /** Whom it is worth being, and why. */
  readonly suggestedMembers: readonly { readonly id: string; readonly what: string }[]
}

export interface ChannelView {
  readonly id: string
  readonly name: string
  readonly type: 'text' | 'voice' | 'thread'
}

export type OptionType = 'text' | 'whole' | 'toggle' | 'user' | 'channel' | 'role'

export interface OptionView {
  readonly name: string
  readonly description: string
  readonly type: OptionType
  readonly required: boolean
  /** Whether the bot offers values while it is typed. */
  readonly hasAutocomplete: boolean
  readonly choices: readonly Choice[]
}

export interface CommandView {
  /** Such as `audit recent`. */
  readonly path: string
  readonly description: string
  readonly options: readonly OptionView[]
}

export interface MenuView {
  readonly name: string
  readonly of: 'user' | 'message'
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
  readonly by: string
  /** Such as `audit recent`, or the name of what was chosen in a menu. */
  readonly command: string
  readonly of: 'slash' | 'user' | 'message'
  readonly target: string | undefined
}

export interface FileView {
  readonly name: string
  readonly size: number
  readonly url: string
  readonly isImage: boolean
  readonly description: string
}

/** An entry of the sandbox's own audit log, put into words without any help of the bot. */
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
  readonly keptDays: number
  /** What it holds now, counted over windows that questions are often about. */
  readonly tallies: readonly { readonly window: string; readonly entries: number; readonly deleted: number }[]
  readonly lines: readonly LogLine[]
}

export interface BotView {
  readonly state: 'starting' | 'reading' | 'watching' | 'away' | 'stopped'
  /** What it said last. */
  readonly lastLogMessage: string
  readonly faults: readonly FaultName[]
  readonly isTimePassing: boolean
}

export type StateUpdate =
  | { readonly type: 'guild'; readonly guild: GuildView }
  | {
      readonly type: 'commands'
      readonly commands: readonly CommandView[]
      readonly menus: readonly MenuView[]
    }
  | { readonly type: 'message'; readonly message: MessageView }
  | { readonly type: 'gone'; readonly key: string }
  | { readonly type: 'log'; readonly log: LogView }
  | { readonly type: 'bot'; readonly bot: BotView }
  | { readonly type: 'time'; readonly now: number }
