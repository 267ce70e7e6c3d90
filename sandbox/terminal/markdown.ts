import { styleText } from 'node:util'
import type { Guild } from '../guild/guild.ts'
import type { World } from '../world.ts'

/** Where a text is read, which settles the names that mentions show. */
export interface Place {
  readonly world: World
  readonly guild: Guild
}

const INLINE =
  /\\([^\w\s])|<@!?(\d+)>|<@&(\d+)>|<#(\d+)>|<t:(\d+)(?::([a-zA-Z]))?>|\*\*((?:\\.|[^\\])+?)\*\*|\*((?:\\.|[^\\*])+)\*|`([^`]+)`/g

/** Discord's markdown as a terminal shows it: names for mentions, the reader's own time for timestamps. */
export function styled(text: string, place: Place): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('> ') ? faint(`│ ${inline(line.slice(2), place)}`) : inline(line, place)))
    .join('\n')
}

function inline(text: string, place: Place): string {
  const { world, guild } = place
  return text.replace(INLINE, (whole, literal, user, role, channel, seconds, style, bold, italic, code) => {
    if (literal !== undefined) return literal
    if (user !== undefined) return mention(`@${userName(world, user)}`)
    if (role !== undefined) return mention(`@${guild.roles.get(role)?.name ?? 'deleted-role'}`)
    if (channel !== undefined) return mention(`#${channelName(guild, channel)}`)
    if (seconds !== undefined) return time(Number(seconds) * 1000, style ?? 'f', world.now())
    if (bold !== undefined) return styleText('bold', inline(bold, place))
    if (italic !== undefined) return styleText('italic', inline(italic, place))
    return code === undefined ? whole : styleText('inverse', code)
  })
}

export function faint(text: string): string {
  return styleText('gray', text)
}

function mention(text: string): string {
  return styleText('cyan', text)
}

function userName({ users }: World, id: string): string {
  const user = users.get(id)
  return user ? (user.global_name ?? user.username) : 'unknown-user'
}

function channelName({ channels, threads }: Guild, id: string): string {
  return (channels.get(id) ?? threads.get(id))?.name ?? 'unknown'
}

/** Discord's timestamp styles. https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
}

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

function time(at: number, style: string, now: number): string {
  if (style !== 'R') return new Intl.DateTimeFormat('en-GB', STYLES[style] ?? STYLES.f).format(at)
  const seconds = Math.round((at - now) / 1000)
  const [unit, length] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1]
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / length), unit)
}
