import { type Subcommand, subcommand } from '../../src/command/command.ts'
import { required, stringOption } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import type { Watch, WatchType } from '../../src/core/watch/watch.ts'
import { namedInWatch, withArticle } from '../../src/view/watch/describe-watch.ts'
import { watchRemovedReply } from '../../src/view/watch/watch-changed.ts'

/** `/custos feed remove`, or that of alerts or digests. */
export function watchRemove(type: WatchType): Subcommand {
  return subcommand({
    name: 'remove',
    description: `Remove ${withArticle(type)}: it posts nothing more, and what it has posted stays`,
    options: {
      id: required(
        stringOption('Its number; those that are set are suggested', {
          suggests: `${type}s`,
          maxLength: 100,
        }),
      ),
    },
    draft: ({ id }) => ({
      filter: {},
      order: 'newest',
      public: false,
      syncBackTo: 'none',
      watchNumber: parseNumber(id, type),
    }),
    async answer({ query: { guildId, watchNumber }, archive, context }) {
      const found = (await archive.watches(guildId)).find(({ number }) => number === watchNumber)
      if (found) requireType(found, type)
      const removed = found && (await context.removeWatch(found.number))
      if (!removed) throw new UserError(`This server has no ${type} ${watchNumber}. ${howToFind(type)}`)
      return watchRemovedReply(removed, await archive.names(guildId, namedInWatch(removed)))
    },
  })
}

/** A number as it is suggested, or as it is listed: `3`, `#3`, `feed 3`. @throws UserError if it is none */
function parseNumber(typed: string, type: WatchType): number {
  const number = new RegExp(`^(?:${type} *)?#?(\\d{1,9})$`, 'i').exec(typed.trim())?.[1]
  if (number !== undefined && Number(number) > 0) return Number(number)
  throw new UserError(
    `“${escapeMarkdown(typed, 40)}” is not the number of ${withArticle(type)}. ${howToFind(type)}`,
  )
}

/** @throws UserError if it is of another type */
function requireType({ number, definition }: Watch, type: WatchType): void {
  if (definition.type === type) return
  throw new UserError(
    `Number ${number} is ${withArticle(definition.type)}, not ${withArticle(type)}. To remove it, use ` +
      `\`/custos ${definition.type} remove id:${number}\`.`,
  )
}

function howToFind(type: WatchType): string {
  return `Pick one from the list that appears while you type, or see \`/custos ${type} list\`.`
}
