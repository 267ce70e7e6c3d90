import type { MenuCommand, Navigation } from '../../src/command/command.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { DAY } from '../../src/core/time/units.ts'
import { windowOf } from '../../src/core/time/window.ts'
import { deletes } from './deletes.ts'
import { target } from './target.ts'
import { user } from './user.ts'

/** What the menus of users and messages offer. Each answers as a subcommand does. */
export const menus: readonly MenuCommand[] = [
  {
    name: 'Audit: actions by',
    of: 'user',
    parse: (executorId, asked) => jumped(user.name, { ...windowOf({}, asked, 90 * DAY), executorId }),
  },
  {
    name: 'Audit: actions on',
    of: 'user',
    parse: (targetId, asked) =>
      jumped(target.name, { ...windowOf({}, asked, 90 * DAY), targetId, targetType: 'user' }),
  },
  {
    name: 'Audit: deletes since this',
    of: 'message',
    parse: (messageId, asked) => ({
      path: `audit ${deletes.name}`,
      draft: deletes.parse({ since: messageId }, asked),
    }),
  },
]

function jumped(name: string, filter: Filter): Navigation {
  return { path: `audit ${name}`, draft: { filter, order: 'newest', public: false } }
}
