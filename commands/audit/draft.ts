import { kindsNamed } from '../../src/core/action-names.ts'
import type { Draft } from '../../src/core/question.ts'
import { readTarget } from '../../src/core/target.ts'
import { type Asked, windowOf } from '../../src/core/when.ts'
import type { Arguments } from '../option.ts'
import type { common } from './options.ts'

export const DAY = 86_400_000

/**
 * The question that the common options make.
 * @param defaultLength how far back the window reaches when `since` is absent, in milliseconds
 * @throws UserError for an option that cannot be understood
 */
export function draftOf(
  args: Partial<Arguments<typeof common>>,
  asked: Asked,
  defaultLength?: number,
): Draft {
  const { by, action, channel, reason, order, limit } = args
  const on = args.on === undefined ? undefined : readTarget(args.on)
  return {
    filter: {
      ...windowOf(args, asked, defaultLength),
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
