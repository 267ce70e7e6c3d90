/** What a text about time means: a moment, or whole UTC days from their start to their end. */
export type Dated =
  | { readonly at: 'moment'; readonly time: number }
  | { readonly at: 'stretch'; readonly time: number; readonly end: number }

const DAY = 86_400_000
const WEEK = 7 * DAY

/** Names of the calendar that chrono does not read, reads in part, or reads by the time zone of its machine. */
const NAMED: Readonly<Record<string, (today: number) => Dated>> = {
  midnight: (today) => ({ at: 'moment', time: today }),
  'this month': (today) => {
    const [year, month] = [new Date(today).getUTCFullYear(), new Date(today).getUTCMonth()]
    return { at: 'stretch', time: Date.UTC(year, month), end: Date.UTC(year, month + 1) }
  },
  'this year': (today) => {
    const year = new Date(today).getUTCFullYear()
    return { at: 'stretch', time: Date.UTC(year, 0), end: Date.UTC(year + 1, 0) }
  },
  /** The last one that has begun. */
  weekend: (today) => weekendOf(saturdayUpTo(today)),
  'this weekend': (today) => weekendOf(saturdayUpTo(today - 2 * DAY) + WEEK),
  'last weekend': (today) => weekendOf(saturdayUpTo(today - 2 * DAY)),
}

/** Reads a name of the calendar: `last weekend`, `this month`. */
export function readNamed(typed: string, now: number): Dated | undefined {
  const name = typed.toLowerCase().replace(/\s+/g, ' ')
  return Object.hasOwn(NAMED, name) ? NAMED[name]?.(Math.floor(now / DAY) * DAY) : undefined
}

/** The last Saturday that is not after a day. */
function saturdayUpTo(day: number): number {
  return day - ((new Date(day).getUTCDay() + 1) % 7) * DAY
}

function weekendOf(saturday: number): Dated {
  return { at: 'stretch', time: saturday, end: saturday + 2 * DAY }
}
