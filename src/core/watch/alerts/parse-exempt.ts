import { UserError } from '../../errors.ts'
import { parseTarget, targetFilter } from '../../query/target.ts'
import type { Snowflake } from '../../snowflake.ts'
import { escapeMarkdown } from '../../text/escape.ts'
import type { Alert, WatchDraft } from '../watch.ts'

/** How many members and roles an alert can leave out. */
const MOST = 25

/** A mention, or a text up to the next comma or mention. */
const PART = /<@[!&]?\d+>|[^,\uFF0C\u060C\u3001<]+|</g

/**
 * Parses whose actions an alert does not count: mentions, ids and names of members and roles, separated by commas or spaces.
 * @throws UserError if one of them is not known, or is something else
 */
export async function parseExempt(
  typed: string,
  guildId: Snowflake,
  archive: Parameters<typeof targetFilter>[2],
): Promise<Alert['exempt']> {
  const parts = (typed.match(PART) ?? []).map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length > MOST) throw new UserError(`\`exempt\` accepts at most ${MOST} members and roles.`)
  const userIds = new Set<Snowflake>()
  const roleIds = new Set<Snowflake>()
  for (const part of parts.flatMap(idsIn)) {
    const { targetId = '0', targetType = 'user' } = await targetFilter(parseTarget(part), guildId, archive)
    if (targetType === 'role' && targetId !== guildId) roleIds.add(targetId)
    else if (targetType === 'user') userIds.add(targetId)
    else {
      const what = targetId === guildId ? 'everyone' : `a ${targetType}`
      throw new UserError(`\`exempt\` accepts members and roles. “${escapeMarkdown(part, 60)}” is ${what}.`)
    }
  }
  return { userIds: [...userIds], roleIds: [...roleIds] }
}

/**
 * A watch to set, with whom it leaves out if it is an alert.
 * @param typed as for `parseExempt`; undefined for nobody
 */
export async function withExempt(
  draft: WatchDraft | undefined,
  typed: string | undefined,
  guildId: Snowflake,
  archive: Parameters<typeof targetFilter>[2],
): Promise<WatchDraft | undefined> {
  if (draft?.definition.type !== 'alert' || typed === undefined) return draft
  const exempt = await parseExempt(typed, guildId, archive)
  return { ...draft, definition: { ...draft.definition, exempt } }
}

/** Ids may be separated by spaces, which names may contain. */
function idsIn(part: string): string[] {
  const words = part.split(/\s+/)
  return words.every((word) => /^\d{15,}$/.test(word)) ? words : [part]
}
