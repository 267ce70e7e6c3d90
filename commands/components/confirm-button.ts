import { component, queryNumber } from '../../src/command/component.ts'
import { isSameAsker, requireQuery } from '../../src/command/lookup.ts'
import { resolveCommand } from '../../src/command/resolve-command.ts'
import { permissionName } from '../../src/core/audit-log/named-bits.ts'
import { UserError } from '../../src/core/errors.ts'
import { MINUTE } from '../../src/core/time/units.ts'

/** How long the button works, in milliseconds. */
const VALID = 5 * MINUTE

/**
 * The red button under a command that has to be confirmed. It works for five minutes, only once, and only while the
 * member may run the command.
 */
export const confirmButton = component({
  name: 'confirm',
  mode: 'update',
  ...queryNumber,
  async handle(number, request) {
    const { archive, commands, context, erasing, interactionId } = request
    const query = await requireQuery(request, number).catch((error: unknown) => {
      throw isSameAsker(archive.takenFrom(number), request) ? alreadyConfirmed() : error
    })
    const { path, permission, subcommand } = resolveCommand(commands, query.command)
    if (!context.hasPermission(permission)) {
      throw new UserError(`You need the **${permissionName(permission)}** permission for this.`)
    }
    if (!subcommand.confirmed) throw new UserError(`There is nothing to confirm. Run \`/${path}\` again.`)
    if (context.now - query.askedAt > VALID) {
      throw new UserError(
        `This button has expired: it works for five minutes. Nothing was done. Run \`/${path}\` again.`,
      )
    }
    if (!(await archive.takeQuery(number))) throw alreadyConfirmed()
    return subcommand.confirmed({ query, at: interactionId, erasing, report: context.report })
  },
})

function alreadyConfirmed(): UserError {
  return new UserError(
    'This was already confirmed, and runs only once. `/audit status` shows what is stored now.',
  )
}
