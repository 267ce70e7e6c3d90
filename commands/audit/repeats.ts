import { subcommand } from '../../src/command/command.ts'
import { whole } from '../../src/command/option.ts'
import { PAGE_LENGTH } from '../../src/core/query/component-action.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { pluralize } from '../../src/core/text/numbers.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { repeatsReply } from '../../src/view/list/repeats.ts'
import { namedInRepeat } from '../../src/view/named-ids.ts'
import { common } from './options.ts'
import { DAY, draftOf } from './query.ts'

const { action, since, until, public: everyone } = common

export const repeats = subcommand({
  name: 'repeats',
  description: 'Who was kicked, timed out or anything else again and again, how often and by whom',
  options: { action, since, until, min: whole('How often at least (2)', 1, 1000), public: everyone },
  ask: ({ min = 2, ...args }, asked) => ({ ...draftOf(args, asked, 90 * DAY), min }),
  async answer({ query, number, page, archive, coverage, notice }) {
    const { guildId, min = 2 } = query
    const skip = page.index * PAGE_LENGTH
    const found = await archive.repeats(guildId, filterOf(query), { min, skip, limit: PAGE_LENGTH })
    const names = await archive.names(guildId, found.top.flatMap(namedInRepeat))
    const about = [describeFilter(query, names), `at least ${pluralize(min, 'time')}`]
      .filter(Boolean)
      .join(' · ')
    const top = found.top.map((repeat) =>
      repeat.targetType === 'user' ? { ...repeat, targetType: names.author(repeat.targetId) } : repeat,
    )
    return repeatsReply({
      repeats: { ...found, top },
      about,
      query,
      number,
      page,
      coverage,
      names,
      notice,
    })
  },
})
