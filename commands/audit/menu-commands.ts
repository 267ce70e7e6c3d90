import type { MenuCommand, Navigation } from '../../src/command/command.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { DAY } from '../../src/core/time/units.ts'
import { windowOf } from '../../src/core/time/window.ts'
import { deletes } from './deletes.ts'
import { target } from './target.ts'
import { user } from './user.ts'

export const actionsByMenu: MenuCommand = {
  name: 'Audit: actions by',
  target: 'user',
  handle: (executorId, context) => navigateTo(user.name, { ...windowOf({}, context, 90 * DAY), executorId }),
}

export const actionsOnMenu: MenuCommand = {
  name: 'Audit: actions on',
  target: 'user',
  handle: (targetId, context) =>
    navigateTo(target.name, { ...windowOf({}, context, 90 * DAY), targetId, targetType: 'user' }),
}

export const deletesSinceMenu: MenuCommand = {
  name: 'Audit: deletes since this',
  target: 'message',
  // A thread is a channel of its own.
  handle: (messageId, context, channel) => ({
    path: `audit ${deletes.name}`,
    draft: deletes.parse({ since: messageId, channel }, context),
  }),
}

function navigateTo(name: string, filter: Filter): Navigation {
  return { path: `audit ${name}`, draft: { filter, order: 'newest', public: false } }
}
