import { styleText } from 'node:util'
import { type Mark, readMarks } from '../rendering/markdown.ts'
import { writtenTime } from '../rendering/timestamp.ts'
import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'

/** Where a text is read, which settles the names that mentions show. */
export interface Place {
  readonly world: World
  readonly guild: Guild
}

/** Discord's markdown as a terminal shows it: names for mentions, the reader's own time for timestamps. */
export function styled(text: string, place: Place): string {
  return readMarks(text)
    .map((mark) => show(mark, place))
    .join('')
}

function show(mark: Mark, place: Place): string {
  const { world, guild } = place
  const inner = (marks: readonly Mark[]) => marks.map((each) => show(each, place)).join('')
  switch (mark.is) {
    case 'text':
      return mark.text
    case 'break':
      return '\n'
    case 'code':
    case 'block':
      return styleText('inverse', mark.text)
    case 'user':
      return mention(`@${userName(world, mark.id)}`)
    case 'role':
      return mention(`@${guild.roles.get(mark.id)?.name ?? 'deleted-role'}`)
    case 'channel':
      return mention(`#${channelName(guild, mark.id)}`)
    case 'time':
      return writtenTime(mark.at, mark.style, world.now(), 'en-GB')
    case 'bold':
    case 'heading':
      return styleText('bold', inner(mark.of))
    case 'italic':
      return styleText('italic', inner(mark.of))
    case 'quote':
      return `${faint(`│ ${inner(mark.of).trimEnd()}`)}\n`
    default:
      return inner(mark.of)
  }
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
