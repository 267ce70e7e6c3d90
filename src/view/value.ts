import type { Value } from '../core/changes/value.ts'
import type { Voice } from './formatter.ts'

/** How much of a value there is room for. */
export interface Room {
  /** How many characters of each text. */
  readonly text: number
  /** How many items of each list. */
  readonly items: number
}

/** Room for all of any value. */
export const WHOLE: Room = { text: Number.POSITIVE_INFINITY, items: Number.POSITIVE_INFINITY }

/** A value in the voice given. */
export function valueIn(value: Value, voice: Voice, room: Room = WHOLE): string {
  switch (value.is) {
    case 'none':
      return 'none'
    case 'words':
      return value.words
    case 'text':
      return voice.text(value.text, room.text)
    case 'time':
      return voice.time(value.time)
    case 'message':
      return voice.message(value.guildId, value.channelId, value.id)
    case 'code':
      return voice.code(value.code)
    case 'thing':
      return voice.thing(value.id, value.type)
    case 'phrase':
      return value.parts.map((part) => valueIn(part, voice, room)).join(' ')
    case 'list': {
      const shown = value.items.slice(0, room.items).map((item) => valueIn(item, voice, room))
      const rest = value.items.length - shown.length
      return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')
    }
    default:
      return voice[value.is](value.id)
  }
}

/** The ids that a value mentions. */
export function idsIn(value: Value): string[] {
  if (value.is === 'phrase') return value.parts.flatMap(idsIn)
  if (value.is === 'list') return value.items.flatMap(idsIn)
  return 'id' in value ? [value.id] : []
}
