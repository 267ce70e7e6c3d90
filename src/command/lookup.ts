import type { BaseInteraction } from 'discord.js'
import { UserError } from '../core/errors.ts'
import type { Asker, SavedQuery } from '../core/query/saved-query.ts'
import type { BotContext, InGuild } from '../discord/interactions/bot-context.ts'

type Pressing = Pick<InGuild<BaseInteraction>, 'guildId' | 'user'>

/**
 * The question that a button is about.
 * @throws UserError when it is gone, or was not asked here by the one who presses
 */
export async function savedQueryFor(
  { archive }: Pick<BotContext, 'archive'>,
  pressing: Pressing,
  number: number,
): Promise<SavedQuery> {
  const query = await archive.savedQuery(number)
  if (query && isFrom(pressing, query)) return query
  throw new UserError('I no longer have this list. Ask again with `/audit`.')
}

/** Whether a question was asked here by the one who presses. */
export function isFrom({ guildId, user }: Pressing, asker: Asker | undefined): boolean {
  return asker?.guildId === guildId && asker.askerId === user.id
}
