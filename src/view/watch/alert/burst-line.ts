import { timeOf } from '../../../core/snowflake.ts'
import { kindsOfAlert } from '../../../core/watch/alerts/actions.ts'
import type { Burst } from '../../../core/watch/alerts/bursts.ts'
import type { Alert } from '../../../core/watch/watch.ts'
import { type Formatter, timestamp } from '../../text/formatter.ts'
import { amountOf, duringOf, nobodyIn } from './alert-words.ts'

/** A burst in a line: `<t:…> · 12 bans in 40 seconds by @mod`. */
export function burstLine({ key, from, to, units }: Burst, alert: Alert, formatter: Formatter): string {
  const amount = amountOf(units, kindsNamed(alert))
  return `${timestamp(timeOf(from), 'f')} · ${amount}${duringOf({ from, to })}${whose(key, alert, formatter)}`
}

/** Whose actions a burst has: ` by @mod`, ` on @member`. Empty for the whole server. */
function whose(key: string | null, alert: Alert, formatter: Formatter): string {
  const { per } = alert
  if (per === 'server') return ''
  if (per === 'target') return key === null ? '' : ` on ${formatter.entity(key)}`
  return ` by ${key === null ? nobodyIn(kindsNamed(alert)) : formatter.user(key)}`
}

function kindsNamed(alert: Alert): readonly number[] {
  const kinds = kindsOfAlert(alert)
  return 'anyOf' in kinds ? kinds.anyOf : []
}
