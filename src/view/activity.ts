import { ComponentType } from 'discord-api-types/v10'
import type { Moderator } from '../core/activity.ts'
import { PARTS, type Part } from '../core/activity.ts'
import type { Coverage } from '../core/coverage.ts'
import type { Names } from '../core/names.ts'
import { PAGE_LENGTH } from '../core/press.ts'
import type { Question } from '../core/question.ts'
import { timeOf } from '../core/snowflake.ts'
import { counted, written } from '../core/words.ts'
import { windowAndCoverage } from './coverage-line.ts'
import { button, type Paged, pageRow, position } from './paging.ts'
import { COLOURS, type Reply } from './reply.ts'
import { markdown, type Voice } from './voice.ts'

/** Windows that a button asks for, in days. */
const WINDOWS = [7, 30, 90]

const CHART = 'activity.png'

export interface ActivityPage extends Omit<Paged, 'total'> {
  /** All moderators, most active first, of whom the page shows ten. */
  readonly moderators: readonly Moderator[]
  readonly names: Names
  readonly chart: Uint8Array | undefined
  /** How much bots did, where they are not listed. */
  readonly byBots: number
  /** What narrows the question, and what the reader has to know of it. */
  readonly about: readonly string[]
  readonly coverage: Coverage
  readonly notice: string | undefined
}

/** Who does the work, and who has gone quiet: a line for each moderator. */
export function activityReply(page: ActivityPage): Reply {
  const { moderators, names, chart, about, question, number, turn, coverage, notice } = page
  const first = turn.page * PAGE_LENGTH
  const shown = moderators.slice(first, first + PAGE_LENGTH)
  const voice = markdown(names)
  const lines = shown.map((moderator, index) => line(moderator, first + index + 1, voice))
  const paged = { ...page, total: moderators.length }
  const window = windowAndCoverage(question.filter, coverage)
  const windows = WINDOWS.map((days) =>
    button(`${days} days`, { does: 'window', asker: question.askerId, question: number, days }),
  )
  return {
    embeds: [
      {
        title: 'Who does the work',
        description: [
          notice,
          ...about,
          ...(lines.length > 0 ? [summary(page), '', ...lines] : ['', nobody(question)]),
        ]
          .filter((part) => part !== undefined)
          .join('\n'),
        color: COLOURS.neutral,
        ...(chart && { image: { url: `attachment://${CHART}` } }),
        footer: { text: [...(shown.length > 0 ? [position(paged, shown.length)] : []), window].join(' · ') },
      },
    ],
    components: [...pageRow(paged), { type: ComponentType.ActionRow, components: windows }],
    ...(chart && { files: [{ name: CHART, content: chart }] }),
  }
}

function nobody({ roleId }: Question): string {
  return roleId === undefined
    ? 'No moderator was ever seen to act here.'
    : 'Nobody with this role was ever seen to moderate here.'
}

function summary({ moderators, byBots }: ActivityPage): string {
  const active = moderators.filter(({ total, throughBots }) => total + throughBots > 0)
  const actions = moderators.reduce((sum, { total }) => sum + total, 0)
  const bots = byBots > 0 ? ` · bots did ${written(byBots)} more` : ''
  return `${counted(actions, 'action')} by ${written(active.length)} of ${counted(moderators.length, 'moderator')}${bots}`
}

/** `1. @mod **812** +14 through bots ▲ 40 · 40 bans & kicks · … · last seen 3 hours ago`. */
function line(moderator: Moderator, rank: number, voice: Voice): string {
  const { id, total, throughBots, split, lastSeen } = moderator
  const through = throughBots > 0 ? ` +${written(throughBots)} through bots` : ''
  const parts = PARTS.flatMap((part) => (split[part] > 0 ? [partOf(part, split[part])] : []))
  const seen =
    lastSeen === undefined ? 'not seen here' : `last seen <t:${Math.floor(timeOf(lastSeen) / 1000)}:R>`
  const who = `${rank}. ${voice.user(id)} **${written(total)}**${through}${trend(moderator)}`
  return [who, ...parts, seen].join(' · ')
}

const NOUNS: Readonly<Record<Part, readonly [one: string, many: string]>> = {
  'bans & kicks': ['ban or kick', 'bans & kicks'],
  timeouts: ['timeout', 'timeouts'],
  'messages deleted': ['message deleted', 'messages deleted'],
  roles: ['role change', 'role changes'],
  channels: ['channel change', 'channel changes'],
  other: ['other', 'other'],
}

function partOf(part: Part, amount: number): string {
  const [one, many] = NOUNS[part]
  return counted(amount, one, many)
}

/** How much more or less than in the window before. */
function trend({ total, throughBots, before }: Moderator): string {
  const change = before === undefined ? 0 : total + throughBots - before
  return change === 0 ? '' : change > 0 ? ` ▲ ${written(change)}` : ` ▼ ${written(-change)}`
}
