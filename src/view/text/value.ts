import type { Value } from '../../core/changes/value.ts'
import type { Formatter } from './formatter.ts'

/** How much of a value is shown. */
export interface Limits {
  /** Characters of each text. */
  readonly text: number
  /** Items of each list. */
  readonly items: number
}

export const UNLIMITED: Limits = { text: Number.POSITIVE_INFINITY, items: Number.POSITIVE_INFINITY }

/** A value as text. */
export function formatValue(value: Value, formatter: Formatter, limits: Limits = UNLIMITED): string {
  switch (value.type) {
    case 'none':
      return 'none'
    case 'words':
      return value.words
    case 'text':
      return formatter.text(value.text, limits.text)
    case 'time':
      return formatter.time(value.time)
    case 'message':
      return formatter.message(value.guildId, value.channelId, value.id)
    case 'code':
      return formatter.code(value.code)
    case 'entity':
      return formatter.entity(value.id, value.entityType)
    case 'phrase':
      return value.parts.map((part) => formatValue(part, formatter, limits)).join(' ')
    case 'list': {
      const shown = value.items.slice(0, limits.items).map((item) => formatValue(item, formatter, limits))
      const rest = value.items.length - shown.length
      return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')
    }
    default:
      return formatter[value.type](value.id)
  }
}

/** The ids that a value mentions. */
export function idsIn(value: Value): string[] {
  if (value.type === 'phrase') return value.parts.flatMap(idsIn)
  if (value.type === 'list') return value.items.flatMap(idsIn)
  return 'id' in value ? [value.id] : []
}
