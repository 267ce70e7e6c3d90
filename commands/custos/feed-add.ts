import { subcommand } from '../../src/command/command.ts'
import { booleanOption } from '../../src/command/option.ts'
import { namedInWatch } from '../../src/view/watch/describe-watch.ts'
import { unreadableWarning, watchSetReply } from '../../src/view/watch/watch-changed.ts'
import { commonOptions } from '../audit/common-options.ts'
import { queryDraft } from '../audit/query-draft.ts'
import { requireSettable, setWatch, toOption } from './set-watch.ts'

const { action, by, on, channel } = commonOptions

export const feedAdd = subcommand({
  name: 'add',
  description: 'Post each new entry of the audit log in a channel: all of them, or those that match',
  options: {
    to: toOption,
    action,
    by,
    on,
    channel,
    bots: booleanOption('Include what bots do (default True)'),
  },
  draft({ to, bots = true, ...args }, context) {
    const { filter: matching, ...draft } = queryDraft(args, context)
    // A feed has no window.
    const { from: _from, to: _to, ...filter } = matching
    return {
      ...draft,
      filter: { ...filter, ...(!bots && { withoutBots: true as const }) },
      feedTo: to,
      syncBackTo: 'none',
    }
  },
  async answer({ query, archive, syncStatus, context, notice }) {
    const { guildId, filter, feedTo: channelId } = query
    if (channelId === undefined) throw new Error('A feed is added without a channel.')
    const feed = { channelId, definition: { type: 'feed' as const, filter } }
    await requireSettable({ guildId, archive, context }, feed)
    const watch = await setWatch(context, feed)
    const names = await archive.names(guildId, namedInWatch(watch))
    // The notice may be that of the first answer in a server.
    return watchSetReply(
      watch,
      names,
      [unreadableWarning(syncStatus), notice].filter((each) => each !== undefined),
    )
  },
})
