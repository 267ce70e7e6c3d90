import { UserError } from '../../src/core/errors.ts'
import { isSnowflake, type Snowflake } from '../../src/core/snowflake.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'

/**
 * Reads the id of an entry as it was typed.
 * @throws UserError for what is no id
 */
export function readEntryId(typed: string): Snowflake {
  const id = typed.trim().replace(/^`|`$/g, '')
  if (isSnowflake(id)) return id
  throw new UserError(
    `“${escapeMarkdown(typed, 40)}” is no id of an entry. Ids are long numbers such as \`1574743715870670857\`: pick one ` +
      'from the list that appears while you type, or copy one from below an entry.',
  )
}
