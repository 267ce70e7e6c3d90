import { UserError } from '../../errors.ts'
import { escapeMarkdown } from '../../text/escape.ts'
import { typedText } from '../../text/typed.ts'
import { lengthOf } from '../../time/length.ts'
import { DAY, SECOND } from '../../time/units.ts'

/** The longest time within which actions are counted, in milliseconds. */
const LONGEST = DAY

/**
 * Parses how long an alert counts: `10m`, `1 hour`, `90 seconds`. In milliseconds.
 * @throws UserError for a text that is no length, or one that is too short or too long
 */
export function parseWithin(typed: string): number {
  const length = lengthOf(typedText(typed).toLowerCase().trim())
  if (!length) {
    throw new UserError(
      `“${escapeMarkdown(typed, 60)}” is not a length of time. \`within\` accepts \`30s\`, \`10m\`, \`1 hour\`.`,
    )
  }
  const milliseconds = length.milliseconds + length.days * DAY
  if (length.months > 0 || milliseconds > LONGEST) throw new UserError('`within` can be at most 24 hours.')
  if (milliseconds < SECOND) throw new UserError('`within` must be at least one second.')
  return milliseconds
}
