import { inWords } from '../../core/time/duration.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../core/time/units.ts'

/** A length of time in one unit, rounded down: `41 days`, `7 hours`. */
export function roundLength(milliseconds: number): string {
  const unit = [DAY, HOUR, MINUTE].find((each) => milliseconds >= each) ?? SECOND
  return inWords((Math.floor(milliseconds / unit) * unit) / SECOND)
}
