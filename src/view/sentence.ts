import { actionOf } from '../core/action.ts'
import type { Entry } from '../core/entry.ts'
import { isRecord } from '../core/entry.ts'
import { isSnowflake } from '../core/snowflake.ts'
import { counted } from '../core/words.ts'
import type { Voice } from './voice.ts'

/** What an entry says, as a sentence: who did what to whom, in the voice given. */
export function sentenceOf(entry: Entry, voice: Voice): string {
  const { says } = actionOf(entry.kind)
  const gap = (name: string) => GAPS[name]?.(entry, voice)
  return says.replace(/\[([^\]]*)\]|\{(\w+)\}/g, (_, optional: string | undefined, name: string) => {
    if (optional === undefined) return gap(name) ?? 'something unknown'
    const gaps = [...optional.matchAll(/\{(\w+)\}/g)]
    if (gaps.some(([, inner]) => gap(inner ?? '') === undefined)) return ''
    return optional.replace(/\{(\w+)\}/g, (_gap, inner: string) => gap(inner) ?? '')
  })
}

type Gap = (entry: Entry, voice: Voice) => string | undefined

/** How each gap of the catalogue's sentences is filled; undefined where the entry does not say. */
const GAPS: Readonly<Record<string, Gap>> = {
  by: ({ executorId }, voice) => (executorId === null ? 'unknown' : voice.user(executorId)),
  target: targetOf,
  channel: ({ channelId }, voice) => (channelId === null ? undefined : voice.channel(channelId)),
  messages: ({ count }) => (count === null || count === 1 ? 'a message' : counted(count, 'message')),
  members: ({ count }) => (count === null || count === 1 ? 'a member' : counted(count, 'member')),
  pruned: ({ options }) => countedOption(options.members_removed, 'member'),
  days: ({ options }) => countedOption(options.delete_member_days, 'day'),
  overwritten: overwrittenOf,
  until: ({ changes }, voice) => {
    const until = changes.find((change) => change.key === 'communication_disabled_until')?.new_value
    const time = typeof until === 'string' ? Date.parse(until) : Number.NaN
    return Number.isNaN(time) ? undefined : voice.time(time)
  },
  roles: rolesOf,
  rule: ({ options }, voice) => textOption(options.auto_moderation_rule_name, voice),
  status: ({ options }, voice) => textOption(options.status, voice),
}

function targetOf(entry: Entry, voice: Voice): string | undefined {
  const { targetId, kind } = entry
  const { target, category } = actionOf(kind)
  const name = nameWithin(entry)
  if (name !== undefined && (target === 'thing' || category === 'deleted')) return voice.text(name)
  if (targetId === null) return undefined
  if (!isSnowflake(targetId)) return voice.id(targetId)
  if (target === 'user') return voice.user(targetId)
  if (target === 'channel') return voice.channel(targetId)
  return target === 'role' ? voice.role(targetId) : voice.id(targetId)
}

/** The name that an entry itself gives of its target: of what is gone, nothing else tells it. */
function nameWithin({ changes, kind }: Entry): string | undefined {
  const { target, group } = actionOf(kind)
  if (target === 'user' || group === 'Deletes') return undefined
  for (const key of ['name', 'code', 'title', 'topic']) {
    const change = changes.find((candidate) => candidate.key === key)
    const name = change?.new_value ?? change?.old_value
    if (typeof name === 'string' && name !== '') return name
  }
  return undefined
}

/** A permission overwrite is for a role (type 0) or a member (type 1). */
function overwrittenOf({ options }: Entry, voice: Voice): string | undefined {
  if (!isSnowflake(options.id)) return undefined
  return String(options.type) === '1' ? voice.user(options.id) : voice.role(options.id)
}

function rolesOf({ changes }: Entry, voice: Voice): string | undefined {
  const roles = changes.flatMap(({ key, new_value }) => {
    const sign = key === '$add' ? '+' : key === '$remove' ? '−' : undefined
    if (sign === undefined || !Array.isArray(new_value)) return []
    return new_value
      .filter(isRecord)
      .map((role) => `${sign}${isSnowflake(role.id) ? voice.role(role.id) : '?'}`)
  })
  if (roles.length === 0) return undefined
  return roles.length > 5 ? `${roles.slice(0, 5).join(' ')} and ${roles.length - 5} more` : roles.join(' ')
}

function countedOption(value: unknown, noun: string): string | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) ? counted(number, noun) : undefined
}

function textOption(value: unknown, voice: Voice): string | undefined {
  return typeof value === 'string' && value !== '' ? voice.text(value) : undefined
}
