/** The days of the week in lower case, from Monday as in ISO 8601. https://en.wikipedia.org/wiki/ISO_week_date */
export const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')

/** The months in lower case. */
export const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]

/** The short form of a day or month: `Mon`, `Sep`. */
export function abbreviated(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1, 3)
}

/** What people write after the first three letters of some names: `tues`, `weds`, `thur`, `thurs`, `sept`. */
const ENDINGS: Readonly<Record<string, string>> = {
  tuesday: 's?',
  wednesday: 's?',
  thursday: '(?:rs?)?',
  september: 't?',
}

/** A regular expression for the short forms in which people write a day or month. */
export function shortForms(name: string): string {
  return name.slice(0, 3) + (ENDINGS[name] ?? '')
}
