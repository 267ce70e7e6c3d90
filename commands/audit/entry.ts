import { type Reply, subcommand } from '../../src/command/command.ts'
import { required, stringOption } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { isPartlyUnread } from '../../src/core/coverage/gaps.ts'
import { UserError } from '../../src/core/errors.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { idAfter, isSnowflake, type Snowflake } from '../../src/core/snowflake.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { missingIn } from '../../src/view/coverage-line.ts'
import { entryReply } from '../../src/view/entry/entry-embed.ts'
import { namedInEntry } from '../../src/view/named-ids.ts'
import { diffButton } from '../components/diff-button.ts'
import { nearbyButton, sameExecutorButton, sameTargetButton } from '../components/navigation-buttons.ts'
import { commonOptions } from './common-options.ts'

const HOW_TO_FIND_IDS =
  'Pick one from the list that appears while you type, or copy an id from the bottom of an entry.'

export const entry = subcommand({
  name: 'entry',
  description: 'Show one entry in full: who, what, whom, when, why, and every change',
  options: {
    id: required(
      stringOption('Id of the entry; the newest are suggested', { suggests: 'entries', maxLength: 30 }),
    ),
    public: commonOptions.public,
  },
  draft({ id, public: isPublic = false }) {
    const entryId = parseEntryId(id)
    return { filter: { from: entryId, to: idAfter(entryId) }, order: 'newest', public: isPublic }
  },
  async answer({ query, archive, coverage, notice }) {
    const { guildId, askerId, filter, timeZone } = query
    const [found] = await archive.list(guildId, filterOf(query), { order: 'newest', limit: 1 })
    if (found) return showEntry({ entry: found, askerId, archive, timeZone, notice })
    if (isPartlyUnread(coverage, filter.from, filter.to)) {
      throw new UserError(
        `Custos has no entry \`${filter.from}\`, but the audit log of that time could not be read: ` +
          `${missingIn(query, coverage)}. Try again later.`,
      )
    }
    throw new UserError(`This server has no entry \`${filter.from}\`. ${HOW_TO_FIND_IDS}`)
  },
})

/** Parses the id of an entry as a member typed it. @throws UserError if it is not an id */
function parseEntryId(typed: string): Snowflake {
  const id = typed.trim().replace(/^`|`$/g, '')
  if (isSnowflake(id)) return id
  throw new UserError(
    `“${escapeMarkdown(typed, 40)}” is not the id of an entry. Ids are long numbers such as \`1574743715870670857\`. ` +
      HOW_TO_FIND_IDS,
  )
}

interface EntryRequest {
  readonly entry: Entry
  readonly askerId: Snowflake
  readonly archive: ArchiveReader
  /** Of the times in a file, an IANA name. */
  readonly timeZone: string
  /** A sentence above the entry. */
  readonly notice?: string | undefined
}

/** An entry with all its details, and buttons to related lists. */
export async function showEntry({ entry, askerId, archive, timeZone, notice }: EntryRequest): Promise<Reply> {
  const names = await archive.names(entry.guildId, namedInEntry(entry))
  const ids = {
    nearby: nearbyButton.toCustomId(askerId, entry.id),
    executor: sameExecutorButton.toCustomId(askerId, entry.id),
    target: sameTargetButton.toCustomId(askerId, entry.id),
    diff: diffButton.toCustomId(askerId, entry.id),
  }
  return entryReply({ entry, names, timeZone, ids, notice })
}
