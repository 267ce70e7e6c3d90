import type { AuditLogEvent } from 'discord-api-types/v10'
import { GROWING } from '../../../src/core/audit-log/action.ts'
import { type LeanLog, PAGE } from './lean-log.ts'
import { profileShares } from './profiles.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a sweep reads: a day before the sweep of an hour ago. */
const SWEPT = DAY + HOUR

/** Fewer stored entries than this are surely on one page, with those that are not stored. */
const ON_ONE_PAGE = 0.8 * PAGE

/** How many pages it takes to read so many entries and to see that there are no more. */
function pagesFor(entries: number): number {
  return Math.floor(entries / PAGE) + 1
}

/** The mean of `pagesFor` where the entries come independently, so many on average (a Poisson distribution). */
function expectedPages(mean: number): number {
  if (mean > 500) return mean / PAGE + 0.5
  let probability = Math.exp(-mean)
  let pages = 0
  for (let entries = 0; entries < mean + 10 * Math.sqrt(mean) + 10; entries++) {
    pages += probability * pagesFor(entries)
    probability *= mean / (entries + 1)
  }
  return pages
}

/** The mean over all servers of something that depends on how many entries of each action type there are in a day. */
function average(busy: number, of: (entries: ReadonlyMap<AuditLogEvent, number>) => number): number {
  return profileShares(busy).reduce((sum, [{ entries }, share]) => sum + share * of(entries), 0)
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0)

/** The chance that there are fewer entries than so many, where so many come on average (a Poisson distribution). */
function chanceOfFewer(than: number, mean: number): number {
  let probability = Math.exp(-mean)
  let chance = 0
  for (let entries = 0; entries < than; entries++) {
    chance += probability
    probability *= mean / (entries + 1)
  }
  return chance
}

/**
 * How many requests an hour the rules in docs/operating.md take. For each server in which there is an entry that can grow:
 * one page if that surely has everything since the sweep before, otherwise the pages of each action type. Once a day all
 * pages of the last day. And the newest page before more new entries have come than are surely on it.
 */
export function expectedPerHour(guilds: number, busy: number): number {
  const growing = average(busy, (entries) => {
    const means = [...entries].flatMap(([type, mean]) => (GROWING.includes(type) ? mean : []))
    const isOnePage = chanceOfFewer(ON_ONE_PAGE, (sum(entries.values()) * SWEPT) / DAY)
    const narrowed = sum(means.map((mean) => expectedPages(mean) - Math.exp(-mean)))
    return isOnePage * (1 - Math.exp(-sum(means))) + (1 - isOnePage) * narrowed
  })
  const entriesADay = average(busy, (entries) => sum(entries.values()))
  return guilds * (growing + (expectedForStart(1, busy) + entriesADay / ON_ONE_PAGE) / 24)
}

/** How many requests it takes to read so many milliseconds of all logs, a day by default. */
export function expectedForStart(guilds: number, busy: number, length = DAY): number {
  return guilds * average(busy, (entries) => expectedPages((sum(entries.values()) * length) / DAY))
}

/**
 * The fewest requests an hour that read every count that can have grown, and once a day everything else, if it is known
 * which entries there are: the pages of each action type or all pages back to the oldest such entry, whichever are fewer.
 */
export function leastPerHour(logs: Iterable<LeanLog>, now: number): number {
  let least = 0
  for (const log of logs) {
    const types = log.typesSince(now - DAY)
    const ofType = GROWING.map((type) => types.filter((other) => other === type).length)
    const narrowed = sum(ofType.map((entries) => Math.ceil(entries / PAGE)))
    const all = Math.ceil((types.findLastIndex((type) => GROWING.includes(type)) + 1) / PAGE)
    least += Math.min(narrowed, all) + pagesFor(types.length) / 24
  }
  return least
}
