import type { Arguments } from '../../src/command/option.ts'
import { kindsNamed } from '../../src/core/audit-log/action-names.ts'
import type { QueryDraft } from '../../src/core/query/saved-query.ts'
import { parseTarget } from '../../src/core/query/target.ts'
import type { ParseContext } from '../../src/core/time/bound.ts'
import { windowOf } from '../../src/core/time/window.ts'
import type { commonOptions } from './common-options.ts'

/**
 * The query that the common options describe.
 * @param defaultLength the length of the window without `since`, in milliseconds; absent for no bound
 * @throws UserError for an option that cannot be parsed
 */
export function queryDraft(
  args: Partial<Arguments<typeof commonOptions>>,
  context: ParseContext,
  defaultLength?: number,
): QueryDraft {
  const { by, action, channel, reason, order, limit } = args
  const on = args.on === undefined ? undefined : parseTarget(args.on)
  return {
    filter: {
      ...windowOf(args, context, defaultLength),
      ...(by !== undefined && { executorId: by }),
      ...(action !== undefined && { kinds: kindsNamed(action) }),
      ...(channel !== undefined && { channelId: channel }),
      ...(reason !== undefined && reason.trim() !== '' && { reason: reason.trim() }),
    },
    ...(on && { on }),
    order: order ?? 'newest',
    ...(limit !== undefined && { limit }),
    public: args.public ?? false,
  }
}
