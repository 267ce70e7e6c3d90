import { choicesOf, componentsOf } from '../../../sandbox/member-client/components.ts'
import { asString, jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { fieldOf } from '../../support/read.ts'

/** An entry as a post shows it. */
interface ShownEntry {
  readonly id: string
  /** Its line. */
  readonly text: string
}

/** What a message of a feed, alert or digest shows. */
export type Shown =
  | { readonly type: 'entries'; readonly entries: readonly ShownEntry[] }
  /** Many entries, or those that an alert warns of, from the first to the last. */
  | { readonly type: 'counted'; readonly from: string; readonly to: string; readonly key: string | undefined }
  /** A digest's period. */
  | { readonly type: 'report'; readonly from: string; readonly to: string }
  | { readonly type: 'other' }

/** A message that Custos posted. */
export interface ShownPost {
  readonly message: Message
  readonly channelId: string
  /** The numbers of the watch and of the post in its components; NaN without any. */
  readonly watch: number
  readonly number: number
  readonly shown: Shown
}

/** Every message that Custos has posted in channels, as it is shown now, oldest first. Deleted ones are as they were last. */
export function shownPosts(messages: Iterable<Message>, botId: string): ShownPost[] {
  return [...messages]
    .filter(
      ({ author, ephemeralTo, applicationId }) =>
        author.id === botId && ephemeralTo === null && applicationId === null,
    )
    .map(parsePost)
    .sort((a, b) => (BigInt(a.message.id) < BigInt(b.message.id) ? -1 : 1))
}

function parsePost(message: Message): ShownPost {
  const [customId = ''] = componentsOf(message).flatMap(({ custom_id }) => asString(custom_id) ?? [])
  const [name = '', , watch, number, ...rest] = customId.split(':')
  const { channelId } = message
  return {
    message,
    channelId,
    watch: Number(watch),
    number: Number(number),
    shown: shownBy(name, rest, message),
  }
}

function shownBy(name: string, [first = '', second = '', third]: readonly string[], message: Message): Shown {
  switch (name) {
    case 'posted':
      return { type: 'entries', entries: entriesOf(message, first) }
    case 'list':
      return { type: 'counted', from: first, to: second, key: third }
    case 'report':
      return { type: 'report', from: second, to: third ?? '' }
    default:
      return { type: 'other' }
  }
}

/** The entries that are shown one by one: those of the menu with their lines, or the one of the button. */
function entriesOf(message: Message, ofButton: string): ShownEntry[] {
  const description = descriptionOf(message)
  if (ofButton !== '') return [{ id: ofButton, text: description }]
  const lines = description.split('\n').filter((line) => /^\d+\. /.test(line))
  return choicesOf(message).map(({ value }, index) => ({ id: String(value), text: lines[index] ?? '' }))
}

function descriptionOf({ body }: Message): string {
  return jsonObjects(body.embeds)
    .map(({ description }) => asString(description) ?? '')
    .join('\n')
}

/** The title of a message's embed. */
export function titleOf({ body }: Message): string {
  return asString(jsonObjects(body.embeds)[0]?.title) ?? ''
}

/** How many entries a summary says there are, and how many messages and members with the counts of deletes and moves. */
export function summarized(message: Message): {
  readonly entries: number
  readonly units: number | undefined
} {
  const entries = numberFrom(/([\d,]+) actions?\b/.exec(titleOf(message))?.[1])
  const field = fieldOf(message, 'By action') ?? ''
  // Of many kinds, only the first are named.
  if (/ · and \d+ more$/.test(field)) return { entries, units: undefined }
  const parts = [...field.matchAll(/\*\*([\d,]+)\*\*(?: \(([\d,]+) )?/g)]
  const units = parts.reduce((sum, [, all, counted]) => sum + numberFrom(counted ?? all), 0)
  return { entries, units }
}

function numberFrom(text = ''): number {
  return Number(text.replaceAll(',', '') || Number.NaN)
}
