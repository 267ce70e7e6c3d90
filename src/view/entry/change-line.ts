import type { Category } from '../../core/audit-log/action.ts'
import type { Change } from '../../core/changes/change.ts'
import type { Value } from '../../core/changes/value.ts'
import { pluralize } from '../../core/text/numbers.ts'
import type { Formatter } from '../text/formatter.ts'
import { formatValue, type Limits } from '../text/value.ts'

/** A change in one line, such as `slow mode: off → 30 seconds`, `roles: +@Muted −@Trusted` or `icon changed`. */
export function changeLine(change: Change, category: Category, formatter: Formatter, limits: Limits): string {
  const format = (value: Value) => formatValue(value, formatter, limits)
  const { label, before, after } = change
  if (change.type === 'image') {
    return `${format(label)} ${after.type === 'none' ? 'removed' : before.type === 'none' ? 'set' : 'changed'}`
  }
  if (change.type === 'permissions') return `${format(label)}: ${formatPermissions(change)}`
  if (category === 'created' && before.type === 'none') return `${format(label)}: ${format(after)}`
  if (category === 'deleted' && after.type === 'none') return `${format(label)}: ${format(before)}`
  if (change.type === 'set') return `${format(label)}: ${format(before)} → ${format(after)}`
  return `${format(label)}: ${formatListChange(change, format, limits)}`
}

/**
 * Which permissions changed and how: `denied Send Messages; no longer allowed View Channels`. If that is longer than
 * `longest`, it gives their numbers only.
 */
export function formatPermissions(
  { parts }: Extract<Change, { type: 'permissions' }>,
  longest = Infinity,
): string {
  const named = parts.map(({ how, permissions }) => `${how} ${permissions.join(', ')}`).join('; ')
  if (named.length <= longest) return named || 'none'
  return parts
    .map(({ how, permissions }) => `${how} ${pluralize(permissions.length, 'permission')}`)
    .join('; ')
}

function formatListChange(
  { added, removed }: Extract<Change, { type: 'list' }>,
  format: (value: Value) => string,
  { items }: Limits,
): string {
  const signed = [
    ...added.map((item) => ['+', item] as const),
    ...removed.map((item) => ['−', item] as const),
  ]
  const shown = signed.slice(0, items).map(([sign, item]) => `${sign}${format(item)}`)
  const rest = signed.length - shown.length
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(' ') || 'unchanged'
}
