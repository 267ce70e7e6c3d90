import { timesOut } from '../../audit-log/kind.ts'
import { timeOf } from '../../snowflake.ts'
import { bothSides, type Decode } from '../decode.ts'
import { phrase, type Value, words } from '../value.ts'
import { time } from './readers.ts'

/**
 * Until when a member is timed out: `none → until 24 November`, `until 24 November → lifted`. A moment that was past
 * when it was set times nobody out: `→ ended 23 November`.
 */
export const timeoutEnd: Decode = (change, label, entry) => {
  const { key, before, after } = bothSides(time, change, label)
  const isSetTo = timesOut(change.new_value, timeOf(entry.id))
  const isLifted = after.is === 'none' && before.is !== 'none'
  return [
    {
      key,
      label,
      did: 'set',
      before: said('until', before),
      after: isLifted ? words('lifted') : said(isSetTo ? 'until' : 'ended', after),
    },
  ]
}

function said(introduced: string, moment: Value): Value {
  return moment.is === 'time' ? phrase(words(introduced), moment) : moment
}
