import type { MenuCommand, Navigation } from '../../src/command/command.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { windowOf } from '../../src/core/time/when.ts'
import { deletes } from './deletes.ts'
import { DAY } from './query-draft.ts'
import { target } from './target.ts'
import { user } from './user.ts'

/** What the menus of users and messages offer. Each answers as a subcommand does. */
export const menus: readonly MenuCommand[] = [
  {
    name: 'Audit: actions by',
    target: 'user',
    handle: (executorId, asked) => jumped(user.name, { ...windowOf({}, asked, 90 * DAY), executorId }),
  },
  {
    name: 'Audit: actions on',
    target: 'user',
    handle: (targetId, asked) =>
      jumped(target.name, { ...windowOf({}, asked, 90 * DAY), targetId, targetType: 'user' }),
  },
  {
    name: 'Audit: deletes since this',
    target: 'message',
    handle: (messageId, asked) => ({
      path: `audit ${deletes.name}`,
      draft: deletes.parse({ since: messageId }, asked),
    }),
  },
]

function jumped(name: string, filter: Filter): Navigation {
  return { path: `audit ${name}`, draft: { filter, order: 'newest', public: false } }
}
