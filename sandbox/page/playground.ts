import type { Population } from '../town/schedule.ts'
import type { Town } from '../town/town.ts'
import type { BotView } from './state/page-state.ts'

/** What the page is a window on: a guild, the time in it, and the bot that is tried there. */
export interface Playground {
  readonly town: Town
  /** Whom it is worth being, and why. */
  readonly suggestedMembers: readonly { readonly id: string; readonly what: string }[]
  readonly bot: PlaygroundBot
  readonly population: Population
  /** How much is done on a usual day. */
  readonly perDay: number
  /** Puts everyone's clock to a later time. */
  moveTo(time: number): void
}

/** The bot's process, as far as the page has to do with it. */
export interface PlaygroundBot {
  readonly state: Exclude<BotView['state'], 'away'>
  readonly lastLogMessage: string
  /** Is told when either of them changes. */
  onChange: (() => void) | undefined
  start(): Promise<void>
  stop(): Promise<void>
}
