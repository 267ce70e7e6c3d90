import { component, queryNumber } from '../../src/command/component.ts'
import { cancelledReply } from '../../src/view/forget.ts'
import { alreadyAnswered, requireOpenQuery } from './confirm-button.ts'

/** The button beside the one that confirms: nothing is done, and that one no longer works. */
export const cancelButton = component({
  name: 'cancel',
  mode: 'update',
  ...queryNumber,
  async handle(number, request) {
    const query = await requireOpenQuery(number, request)
    if (!(await request.archive.takeQuery(request.guildId, number))) throw alreadyAnswered(query)
    return cancelledReply(query.newWatch === undefined ? 'erased' : 'set')
  },
})
