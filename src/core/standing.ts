/** How a reading of Discord's log ended. */
export type Reading = 'read' | 'unfinished' | 'unreadable' | 'forbidden' | 'unwritten'

/** How Custos stands with a guild's log right now. */
export interface Standing {
  /** Whether every entry is heard of as it is made, without a break since the last reading. */
  readonly isLive: boolean
  /** How the last reading ended; absent before the first. */
  readonly reading?: Reading
}
