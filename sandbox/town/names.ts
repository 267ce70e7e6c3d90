/** The people who moderate, the busiest first: usernames and display names, some in other scripts or with markdown. */
export const MODERATORS = [
  ['alice', 'Alice'],
  ['bruno', 'Bruno'],
  ['chidi', 'Chidi'],
  ['dalia', 'داليا'],
  ['emre', 'Emre'],
  ['fuyuko', '冬子'],
  ['grace', 'Grace ✨'],
  ['hannah', 'Hannah'],
  ['ivan', 'Иван'],
  ['jo', '_jo_ **the** `quiet`'],
] as const

/** The bots that moderate. */
export const BOTS = ['Gatekeeper', 'Sweeper'] as const

/** Display names of members. */
export const MEMBERS = [
  'marble',
  'quill',
  'otter',
  'pepper',
  'nimbus',
  'sable',
  'tansy',
  'umber',
  'vesper',
  'willow',
  'xanthe',
  'yarrow',
  'ندى',
  'سامي',
  'さくら',
  'たろう',
  '지우',
  '小明',
  'Олена',
  'Łucja',
  'Åse',
  'Zoë',
  '🦊 fox',
  '~tilde~',
  '||spoiler||',
  'bramble',
  'cobalt',
  'drift',
  'ember',
  'fable',
  'gossamer',
  'hazel',
  'indigo',
  'juniper',
  'kestrel',
  'lichen',
] as const

/** A channel that only moderators may view. */
export const MOD_ROOM = 'mod-room'
/** Text channels, in their order. */
export const CHANNELS = ['general', 'help', 'memes', 'off-topic', 'art', 'news', MOD_ROOM] as const
