import type { Category } from '../../core/audit-log/action.ts'
import type { Change } from '../../core/changes/change.ts'
import type { Value } from '../../core/changes/value.ts'
import { pluralize } from '../../core/text/numbers.ts'
import type { Formatter } from '../text/formatter.ts'
import { type Limits, valueIn } from '../text/value.ts'

/** A change in one line: `slow mode: off → 30 seconds`, `roles: +@Muted −@Trusted`, `icon changed`. */
export function changeLine(change: Change, category: Category, formatter: Formatter, limits: Limits): string {
  const said = (value: Value) => valueIn(value, formatter, limits)
  const { label, before, after } = change
  if (change.did === 'pictured') {
    return `${said(label)} ${after.is === 'none' ? 'removed' : before.is === 'none' ? 'set' : 'changed'}`
  }
  if (change.did === 'permitted') return `${said(label)}: ${permittedIn(change)}`
  if (category === 'created' && before.is === 'none') return `${said(label)}: ${said(after)}`
  if (category === 'deleted' && after.is === 'none') return `${said(label)}: ${said(before)}`
  if (change.did === 'set') return `${said(label)}: ${said(before)} → ${said(after)}`
  return `${said(label)}: ${listedIn(change, said, limits)}`
}

/** Which permissions changed, and how: `denied Send Messages; no longer allowed View Channels`. */
export function permittedIn({ parts }: Extract<Change, { did: 'permitted' }>, longest = Infinity): string {
  const named = parts.map(({ how, permissions }) => `${how} ${permissions.join(', ')}`).join('; ')
  if (named.length <= longest) return named || 'none'
  return parts
    .map(({ how, permissions }) => `${how} ${pluralize(permissions.length, 'permission')}`)
    .join('; ')
}

function listedIn(
  { added, removed }: Extract<Change, { did: 'listed' }>,
  said: (value: Value) => string,
  { items }: Limits,
): string {
  const signed = [
    ...added.map((item) => ['+', item] as const),
    ...removed.map((item) => ['−', item] as const),
  ]
  const shown = signed.slice(0, items).map(([sign, item]) => `${sign}${said(item)}`)
  const rest = signed.length - shown.length
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(' ') || 'as before'
}
