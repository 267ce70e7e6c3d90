import { timesOut } from '../../audit-log/timeout.ts'
import { timeOf } from '../../snowflake.ts'
import { bothSides, type Decode } from '../decode.ts'
import { phrase, type Value, words } from '../value.ts'
import { time } from './readers.ts'

/**
 * When a member's timeout ends: `none → until 24 November`, `until 24 November → lifted`. A time that was already
 * past when it was set does not time the member out: `→ ended 23 November`.
 */
export const timeoutChange: Decode = (change, label, entry) => {
  const { key, before, after } = bothSides(time, change, label)
  const isSetTo = timesOut(change.new_value, timeOf(entry.id))
  const isLifted = after.type === 'none' && before.type !== 'none'
  return [
    {
      key,
      label,
      type: 'set',
      before: withWord('until', before),
      after: isLifted ? words('lifted') : withWord(isSetTo ? 'until' : 'ended', after),
    },
  ]
}

function withWord(word: string, moment: Value): Value {
  return moment.type === 'time' ? phrase(words(word), moment) : moment
}
