import { isRecord } from '../json.ts'
import type { WatchDraft } from './watch.ts'

/** Whether two feeds, alerts or digests post the same in the same channel. */
export function isSameWatch(one: WatchDraft, other: WatchDraft): boolean {
  return one.channelId === other.channelId && ordered(one.definition) === ordered(other.definition)
}

/** A value as JSON, with its keys in order. So are its lists, since those of a definition have none of their own. */
function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).toSorted().join()}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${fields
    .map(([key, each]) => `${key}:${ordered(each)}`)
    .toSorted()
    .join()}}`
}
