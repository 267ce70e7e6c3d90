import { subcommand } from '../../src/command/command.ts'
import { required, text } from '../../src/command/option.ts'
import { isUnread } from '../../src/core/coverage/gaps.ts'
import { UserError } from '../../src/core/errors.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { idAfter } from '../../src/core/snowflake.ts'
import { missingIn } from '../../src/view/coverage-line.ts'
import { readEntryId } from './entry-id.ts'
import { entryView } from './entry-view.ts'
import { common } from './options.ts'

export const entry = subcommand({
  name: 'entry',
  description: 'One entry whole: who, what, whom, when, why, and every change before and after',
  options: {
    id: required(text('The id of the entry; newest ones are offered', { suggests: 'entries', longest: 30 })),
    public: common.public,
  },
  ask({ id, public: everyone = false }) {
    const entryId = readEntryId(id)
    return { filter: { from: entryId, to: idAfter(entryId) }, order: 'newest', public: everyone }
  },
  async answer({ query, archive, coverage, notice }) {
    const { guildId, askerId, filter } = query
    const [found] = await archive.list(guildId, filterOf(query), { order: 'newest', limit: 1 })
    if (found) return entryView.show({ entry: found, askerId, archive, notice })
    if (isUnread(coverage, filter.from, filter.to)) {
      throw new UserError(
        `I know no entry \`${filter.from}\`, but its time could not be read here: ` +
          `${missingIn(filter, coverage)}. Ask again later.`,
      )
    }
    throw new UserError(
      `I know no entry \`${filter.from}\` in this server. Pick one from the list that appears while you type, ` +
        'or copy an id from below an entry.',
    )
  },
})
