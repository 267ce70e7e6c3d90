import { component, queryNumber } from '../../src/command/component.ts'
import { cancelledReply } from '../../src/view/forget.ts'
import { alreadyAnswered, requireOpenQuery } from './confirm-button.ts'

/** The button beside the red one: nothing is done, and the red one no longer works. */
export const cancelButton = component({
  name: 'cancel',
  mode: 'update',
  ...queryNumber,
  async handle(number, request) {
    await requireOpenQuery(number, request)
    if (!(await request.archive.takeQuery(request.guildId, number))) throw alreadyAnswered()
    return cancelledReply()
  },
})
