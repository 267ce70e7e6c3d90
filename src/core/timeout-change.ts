import { bothSides, type Decode, sides } from './decode.ts'
import { time } from './readers.ts'
import { timeOf } from './snowflake.ts'
import { timesOut } from './timeout.ts'
import { phrase, words } from './value.ts'

/** Until when a member is timed out. Where that was over already when it was set, nobody is: it says so. */
export const timeoutEnd: Decode = (change, label, entry) => {
  const both = bothSides(time, change, label)
  const { before, after } = both
  if (after.is !== 'time' || timesOut(change.new_value, timeOf(entry.id)))
    return sides(time)(change, label, entry)
  return [
    {
      ...both,
      did: 'set',
      label: words('timeout'),
      before: before.is === 'time' ? phrase(words('until'), before) : before,
      after: phrase(words('ended'), after),
    },
  ]
}
