import { component, queryNumber, requireChoice } from '../../src/command/component.ts'
import { requireEntry, requireQuery } from '../../src/command/lookup.ts'
import { showEntry } from '../audit/entry.ts'

/** The menu under a list: shows the chosen entry with all its details in a new message. */
export const entryMenu = component({
  name: 'entry',
  mode: 'ephemeral',
  ...queryNumber,
  async handle(number, request) {
    const { timeZone } = await requireQuery(request, number)
    const { askerId, archive } = request
    const entry = await requireEntry(request, requireChoice(request))
    return showEntry({ entry, askerId, archive, timeZone })
  },
})
