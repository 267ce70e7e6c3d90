import { AuditLogEvent } from 'discord-api-types/v10'
import { fold } from '../audit-log/action-names.ts'
import type { Kinds } from '../query/filter.ts'
import { MINUTE } from '../time/units.ts'
import { GIVING_PERMISSIONS } from './alerts/dangerous-permissions.ts'

/** The ready rules of alerts. The archive stores their names, so that these must never change. */
export const PRESETS = [
  'mass bans & kicks',
  'mass deletes',
  'channels or roles deleted',
  'dangerous permission',
  'bot added',
  'webhook made',
  'first ban',
  'log unreadable',
] as const

export type Preset = (typeof PRESETS)[number]

/** What a ready rule stands for. */
export interface PresetRule {
  /** As members read it. */
  readonly label: string
  /** The kinds that it counts; none for the rule that is not about entries. */
  readonly kinds: Kinds & { readonly anyOf: number[] }
  /** Used where the member sets nothing else. */
  readonly count: number
  /** In milliseconds. */
  readonly within: number
}

const ONCE = { count: 1, within: MINUTE } as const

export const PRESET_RULES: Readonly<Record<Preset, PresetRule>> = {
  'mass bans & kicks': {
    label: 'Mass bans & kicks',
    kinds: { anyOf: [AuditLogEvent.MemberKick, AuditLogEvent.MemberPrune, AuditLogEvent.MemberBanAdd] },
    count: 10,
    within: 5 * MINUTE,
  },
  'mass deletes': {
    label: 'Mass deletes',
    kinds: { anyOf: [AuditLogEvent.MessageDelete, AuditLogEvent.MessageBulkDelete] },
    count: 200,
    within: 5 * MINUTE,
  },
  'channels or roles deleted': {
    label: 'Channels or roles deleted',
    kinds: { anyOf: [AuditLogEvent.ChannelDelete, AuditLogEvent.RoleDelete] },
    count: 3,
    within: 10 * MINUTE,
  },
  'dangerous permission': {
    label: 'Dangerous permission given',
    kinds: { anyOf: [...GIVING_PERMISSIONS] },
    ...ONCE,
  },
  'bot added': { label: 'Bot added', kinds: { anyOf: [AuditLogEvent.BotAdd] }, ...ONCE },
  'webhook made': { label: 'Webhook made', kinds: { anyOf: [AuditLogEvent.WebhookCreate] }, ...ONCE },
  'first ban': {
    label: 'Someone who never acted before bans',
    kinds: { anyOf: [AuditLogEvent.MemberBanAdd] },
    count: 1,
    within: 10 * MINUTE,
  },
  'log unreadable': { label: 'Custos can no longer read the log', kinds: { anyOf: [] }, ...ONCE },
}

/** The ready rule that a text names, in any case; undefined if it names none. What a choice says in brackets is left out. */
export function findPreset(typed: string): Preset | undefined {
  const wanted = fold(typed.replace(/\([^()]*\)?/g, ''))
  return PRESETS.find((preset) => fold(PRESET_RULES[preset].label) === wanted || fold(preset) === wanted)
}

/** The ready rules whose names contain a text, in their order. */
export function findPresets(typed: string): Preset[] {
  const wanted = fold(typed)
  return PRESETS.filter(
    (preset) => fold(PRESET_RULES[preset].label).includes(wanted) || fold(preset).includes(wanted),
  )
}
