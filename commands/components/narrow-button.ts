import type { APIButtonComponentWithCustomId } from 'discord-api-types/v10'
import type { CommandRequest } from '../../src/command/command.ts'
import { component, parseInteger } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { kindsNamed, nameOfKinds } from '../../src/core/audit-log/action-names.ts'
import { PUNISHMENTS_NAME } from '../../src/core/audit-log/punishments.ts'
import { draftOf } from '../../src/core/query/saved-query.ts'
import { button } from '../../src/view/paging.ts'

const ALL = 'All'

/** The actions that a list can be narrowed to: the label of the button, and its name in custom ids. */
const CHOICES = [
  { label: 'Bans & kicks', to: 'bans' },
  { label: 'Timeouts', to: 'timeouts' },
  { label: 'Deletes', to: 'deletes' },
  { label: ALL, to: 'all' },
] as const

/** **Bans & kicks**, **Timeouts**, **Deletes** and **All** under a list: run the query again for these actions. */
export const narrowButton = component<{
  readonly number: number
  readonly to: (typeof CHOICES)[number]['to']
}>({
  name: 'narrow',
  mode: 'update',
  encode: ({ number, to }) => [number, to],
  decode([numberPart, toPart]) {
    const number = parseInteger(numberPart)
    const choice = CHOICES.find(({ to }) => to === toPart)
    return number === undefined || !choice ? undefined : { number, to: choice.to }
  },
  async handle({ number, to }, request) {
    const query = await requireQuery(request, number)
    const {
      filter: { kinds: _, ...filter },
      ...draft
    } = draftOf(query)
    const label = CHOICES.find((choice) => choice.to === to)?.label ?? ALL
    const kinds = label !== ALL && { kinds: kindsNamed(label) }
    return { path: query.command, draft: { ...draft, filter: { ...filter, ...kinds } } }
  },
})

/**
 * The buttons that narrow a list, without the one in force: the line above the list says that, and three buttons fit into
 * one row on a phone. There are none where the member chose other actions, or if there is nothing to narrow.
 * @param total how many entries the list has
 */
export function narrowButtons(
  { query, number }: Pick<CommandRequest, 'query' | 'number'>,
  total: number,
): APIButtonComponentWithCustomId[] {
  const { kinds } = query.filter
  const chosen = kinds === undefined ? ALL : nameOfKinds(kinds)
  const isOffered = chosen === PUNISHMENTS_NAME || CHOICES.some(({ label }) => label === chosen)
  if (!isOffered || (chosen === ALL && total === 0)) return []
  return CHOICES.filter(({ label }) => label !== chosen).map(({ label, to }) =>
    button(label, narrowButton.toCustomId(query.askerId, { number, to })),
  )
}
