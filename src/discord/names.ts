import { isRecord } from '../core/entry.ts'
import type { Known } from '../core/known.ts'
import { isSnowflake } from '../core/snowflake.ts'

/** The names that come with a page of the audit log: those of the users and threads its entries refer to. */
export function namesInPage(page: unknown): Known[] {
  if (!isRecord(page)) return []
  return [...named(page.users, 'user'), ...named(page.threads, 'channel')]
}

/** The names in a guild as the gateway describes it. */
export function namesInGuild(guild: unknown): Known[] {
  if (!isRecord(guild)) return []
  const members = Array.isArray(guild.members) ? guild.members.filter(isRecord).map(({ user }) => user) : []
  return [
    ...named(guild.roles, 'role'),
    ...named(guild.channels, 'channel'),
    ...named(guild.threads, 'channel'),
    ...named(members, 'user'),
  ]
}

/** The names among things of one sort, which may be anything. Users go by their display name, else their name. */
export function named(things: unknown, is: Known['is']): Known[] {
  const list = Array.isArray(things) ? things : []
  return list.filter(isRecord).flatMap(({ id, name, global_name, username }) => {
    const shown = [global_name, name, username].find((text) => typeof text === 'string' && text !== '')
    return isSnowflake(id) && typeof shown === 'string' ? [{ id, is, name: shown }] : []
  })
}
