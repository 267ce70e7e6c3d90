import { spaced } from '../../audit-log/named-bits.ts'
import { NameEffect, NameFont } from '../../audit-log/undocumented.ts'
import { isRecord } from '../../json.ts'
import { isSnowflake } from '../../snowflake.ts'
import { isSet, type Mentionable, NONE, phrase, text, type Value, words } from '../value.ts'
import { code, colour, entity, mention, oneOf, type Reader, time } from './readers.ts'

/** The colours of a role: one, two for a gradient, or three for a holographic style. */
export const colours: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const given = [sent.primary_color, sent.secondary_color, sent.tertiary_color].filter((each) => each != null)
  return given.length === 0 ? NONE : listOfAll(given.map(colour))
}

/** A standard emoji as itself, or one of the guild by its name or id. */
export const emoji: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const { emoji_id, emoji_name, id, name, animated: _animated, ...unknown } = sent
  const shown = emoji_name ?? name
  if (typeof shown === 'string' && shown !== '') return text(shown)
  if (isSet(emoji_id ?? id)) return entity('emoji')(emoji_id ?? id)
  return Object.values(unknown).some(isSet) ? undefined : NONE
}

/** A name, with an emoji before it where there is one. */
export function withEmoji(name: string, sent: unknown): Value[] {
  const shown = emoji(sent)
  return shown === undefined || shown.type === 'none' ? [text(name)] : [shown, text(name)]
}

/** A forum tag: its emoji, its name, and whether only moderators may set it. */
export const tag: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.name !== 'string') return undefined
  const { emoji_id, emoji_name } = sent
  return phrase(
    ...withEmoji(sent.name, { emoji_id, emoji_name }),
    ...(sent.moderated === true ? [words('(moderators only)')] : []),
  )
}

/** A question, an answer or a task: its title, and its roles and channels. */
export const titled: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.title !== 'string') return undefined
  const channels = [...idsIn(sent.channel_ids), ...idsIn([sent.channel_id])]
  return phrase(
    text(sent.title),
    ...idsIn(sent.role_ids).map((id): Value => ({ type: 'role', id })),
    ...channels.map((id): Value => ({ type: 'channel', id })),
  )
}

/** Something of another guild or service: its name and its id, which cannot be looked up here. */
export const named: Reader = (sent) => {
  if (!isRecord(sent)) return code(sent)
  const id = sent.id === undefined ? undefined : code(sent.id)
  if (typeof sent.name !== 'string' || sent.name === '') return id
  return phrase(text(sent.name), ...(id ? [id] : []))
}

function idOrObject(type: Mentionable): Reader {
  const reads = mention(type)
  return (sent) => reads(isRecord(sent) ? sent.id : sent)
}

/** A user, sent by id or as an object. */
export const person = idOrObject('user')

/** A role, sent by id or as an object. */
export const roleObject = idOrObject('role')

/**
 * The lobby of a game that a channel is linked to: `lobby 7, application Chess, by @mod, on 24 November`.
 * https://docs.discord.food/resources/channel#linked-lobby-object
 */
export const linkedLobby: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const parts = [
    part('lobby', code(sent.lobby_id)),
    part('application', entity()(sent.application_id)),
    part('by', mention('user')(sent.linked_by)),
    part('on', time(sent.linked_at)),
  ]
  return listOfAll(parts.filter((each) => each !== undefined))
}

/**
 * What a role belongs to. Discord sends a tag that is set as null, and leaves out tags that are not set.
 * https://docs.discord.food/resources/guild#role-tags-structure
 */
export const roleTags: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const items = Object.entries(sent).map(([key, value]) => roleTag(key, value))
  return items.length > 0 && items.every((item) => item !== undefined) ? { type: 'list', items } : undefined
}

function roleTag(key: string, value: unknown): Value | undefined {
  switch (key) {
    case 'bot_id':
      return part('the bot', mention('user')(value))
    case 'integration_id':
      return part('the integration', entity('integration')(value))
    case 'subscription_listing_id':
      return part('the subscription', code(value))
    case 'premium_subscriber':
      return words('server boosters')
    case 'available_for_purchase':
      return words('for sale')
    case 'guild_connections':
      return words('linked accounts')
    default:
      return undefined
  }
}

const fontName = oneOf(
  NameFont,
  Object.fromEntries(Object.keys(NameFont).map((name) => [name, `${spaced(name)} font`])),
)
const effectName = oneOf(NameEffect)

/**
 * How a member's name is drawn: `Bangers font, gradient, #ff0000, #00ff00`.
 * https://docs.discord.food/resources/user#display-name-style-object
 */
export const nameStyle: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const { font_id, effect_id, colors } = sent
  const parts = [
    fontName(font_id) ?? part('font', code(font_id)),
    effectName(effect_id) ?? part('effect', code(effect_id)),
    ...(Array.isArray(colors) ? colors.map(colour) : []),
  ]
  return listOfAll(parts.filter((each) => each !== undefined))
}

/** A value with words before it; undefined without a value. */
export function part(introduced: string, value: Value | undefined): Value | undefined {
  return value && phrase(words(introduced), value)
}

/** A list of values; undefined if one of them could not be read, or if there are none. */
export function listOfAll(parts: readonly (Value | undefined)[]): Value | undefined {
  return parts.length > 0 && parts.every((each) => each !== undefined)
    ? { type: 'list', items: parts }
    : undefined
}

/** The ids in a list, without its other items; empty for a value that is not a list. */
function idsIn(sent: unknown): string[] {
  return Array.isArray(sent) ? sent.filter(isSnowflake) : []
}
