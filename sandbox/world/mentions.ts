import type { APIUser } from 'discord-api-types/v10'
import type { Guild } from './guild.ts'
import { asString, isJsonObject, type JsonObject } from './json.ts'

/** Whom a message mentions, in the shape Discord returns. They are notified when it is posted. */
export interface Mentions {
  readonly mentions: readonly APIUser[]
  readonly mention_roles: readonly string[]
  readonly mention_everyone: boolean
}

/**
 * Whom the content of a message mentions. A role that is not mentionable, and everyone, can only be mentioned by who may
 * mention everyone. Embeds mention nobody.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 * @param mayMentionAll whether the author has Mention Everyone there
 */
export function mentionsIn(
  { content, allowed_mentions: allowed }: JsonObject,
  {
    users,
    guild,
    mayMentionAll,
  }: {
    readonly users: ReadonlyMap<string, APIUser>
    readonly guild: Guild | undefined
    readonly mayMentionAll: boolean
  },
): Mentions {
  const text = asString(content) ?? ''
  const isAllowed = allowedBy(allowed)
  const idsLike = (mention: RegExp) => [...new Set([...text.matchAll(mention)].map(([, id = '']) => id))]
  const roles = idsLike(/<@&(\d+)>/g).flatMap((id) => guild?.roles.get(id) ?? [])
  return {
    mentions: idsLike(/<@!?(\d+)>/g)
      .filter((id) => isAllowed('users', id))
      .flatMap((id) => users.get(id) ?? []),
    mention_roles: roles
      .filter(({ id, mentionable }) => isAllowed('roles', id) && (mentionable || mayMentionAll))
      .map(({ id }) => id),
    mention_everyone: mayMentionAll && isAllowed('everyone') && /@(everyone|here)\b/.test(text),
  }
}

/** Without the field, everything is allowed. */
function allowedBy(allowed: unknown): (type: 'users' | 'roles' | 'everyone', id?: string) => boolean {
  if (!isJsonObject(allowed)) return () => true
  const includes = (list: unknown, item: string) => Array.isArray(list) && list.includes(item)
  return (type, id = '') => includes(allowed.parse, type) || includes(allowed[type], id)
}
