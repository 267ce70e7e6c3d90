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
