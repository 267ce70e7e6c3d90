import type { Population } from '../town/schedule.ts'
import type { Town } from '../town/town.ts'
import type { BotView } from './state/page-state.ts'

/** What the page shows and controls: a guild, the time in it, and the bot under test. */
export interface Playground {
  readonly town: Town
  /** Members that the page offers to be; the first is chosen at the start. */
  readonly suggestedMembers: readonly { readonly id: string; readonly description: string }[]
  readonly bot: PlaygroundBot
  readonly population: Population
  /** The id of `#mod-log`. */
  readonly modLog: string
  /** How long raids take, where 1 is a minute. */
  readonly raidPace: number
  /** The average number of actions per day while time passes. */
  readonly perDay: number
  /** Moves the clocks of Discord and the bot forward to a time. */
  setTime(time: number): void
}

/** The bot's process, as the page uses it. */
export interface PlaygroundBot {
  readonly state: Exclude<BotView['state'], 'disconnected'>
  readonly lastLogMessage: string
  /** Called when `state` or `lastLogMessage` changes. */
  onChange: (() => void) | undefined
  start(): Promise<void>
  stop(): Promise<void>
}
