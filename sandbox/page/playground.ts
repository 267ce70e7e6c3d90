import type { Casting } from '../town/schedule.ts'
import type { Town } from '../town/town.ts'
import type { BotView } from './state/page-state.ts'

/** What the page is a window on: a guild, the time in it, and the bot that is tried there. */
export interface Stage {
  readonly town: Town
  /** Whom it is worth being, and why. */
  readonly personas: readonly { readonly id: string; readonly what: string }[]
  readonly bot: StagedBot
  readonly casting: Casting
  /** How much is done on a usual day. */
  readonly perDay: number
  /** Puts everyone's clock to a later time. */
  moveTo(time: number): void
}

/** The bot's process, as far as the page has to do with it. */
export interface StagedBot {
  readonly state: Exclude<BotView['state'], 'away'>
  readonly said: string
  /** Is told when either of them changes. */
  onChange: (() => void) | undefined
  start(): Promise<void>
  stop(): Promise<void>
}
