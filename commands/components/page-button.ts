import type { CommandRequest } from '../../src/command/command.ts'
import { component, parseInteger } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import type { Cursor, Page } from '../../src/core/query/page.ts'
import { isSnowflake } from '../../src/core/snowflake.ts'
import { answerPage } from './answer-page.ts'

/** The direction of a cursor in custom ids. */
const DIRECTIONS = { next: 'on', previous: 'back' } as const

/** **Previous** and **Next** under a list: shows another page of the list as it was when the command was run. */
export const pageButton = component<{ readonly number: number; readonly page: Page }>({
  name: 'turn',
  mode: 'update',
  encode({ number, page: { index, cursor } }) {
    return [number, index, ...(cursor ? [DIRECTIONS[cursor.direction], cursor.id] : [])]
  },
  decode([numberPart, indexPart, direction, id]) {
    const [number, index] = [parseInteger(numberPart), parseInteger(indexPart)]
    if (number === undefined || index === undefined || index < 0) return undefined
    if (direction === undefined) return { number, page: { index } }
    const cursor = parseCursor(direction, id)
    return cursor && { number, page: { index, cursor } }
  },
  async handle({ number, page }, request) {
    return answerPage({ query: await requireQuery(request, number), number, page }, request)
  },
})

function parseCursor(direction: string, id: string | undefined): Cursor | undefined {
  if (!isSnowflake(id)) return undefined
  if (direction === DIRECTIONS.next) return { id, direction: 'next' }
  return direction === DIRECTIONS.previous ? { id, direction: 'previous' } : undefined
}

/** Returns a function that gives the custom id of a page button under an answer. */
export function pageIds({ query, number }: Pick<CommandRequest, 'query' | 'number'>) {
  return (page: Page) => pageButton.toCustomId(query.askerId, { number, page })
}
