import { type ComponentRequest, component, parseInteger } from '../../src/command/component.ts'
import { isSameAsker, requireQuery } from '../../src/command/lookup.ts'
import { resolveCommand } from '../../src/command/resolve-command.ts'
import { permissionName } from '../../src/core/audit-log/named-bits.ts'
import { UserError } from '../../src/core/errors.ts'
import type { RunQuery } from '../../src/core/query/saved-query.ts'
import { MINUTE } from '../../src/core/time/units.ts'
import type { Reply } from '../../src/view/reply.ts'

/** How long the buttons work, in milliseconds. */
const VALID = 5 * MINUTE

/** What a member has to type before everything is erased: letters that every keyboard has. */
export const ERASE_WORD = 'erase'

interface Question {
  /** The number of the saved query. */
  readonly number: number
  /** How many entries the member was told that it is about; undefined in buttons that an earlier version sent. */
  readonly announced: number | undefined
}

const encoding = {
  mode: 'update',
  encode: ({ number, announced }: Question) => (announced === undefined ? [number] : [number, announced]),
  decode([first, second]: readonly string[]): Question | undefined {
    const [number, announced] = [parseInteger(first), parseInteger(second)]
    return number === undefined ? undefined : { number, announced }
  },
} as const

/** The button under a command that has to be confirmed. */
export const confirmButton = component({ name: 'confirm', ...encoding, handle: confirm })

/** The red button that erases everything of a guild, once a word is typed. */
export const eraseButton = component({
  name: 'erase',
  ...encoding,
  form: {
    title: 'Erase everything stored for this server?',
    label: `Type “${ERASE_WORD}” to confirm`,
    description: 'What is erased does not come back.',
    placeholder: ERASE_WORD,
    maxLength: 20,
  },
  handle: confirm,
})

/** Confirms a command: within five minutes, only once, and only while the member may do it. */
async function confirm({ number, announced }: Question, request: ComponentRequest): Promise<Reply> {
  const { archive, commands, context, erasing, interactionId: at, typed } = request
  const query = await requireOpenQuery(number, request)
  const { path, permission, subcommand } = resolveCommand(commands, query.command)
  const [command = path] = path.split(' ')
  // A member without the permission can run the command if the server allows it to them.
  if (!context.hasPermission(permission) && (await context.ownerRights(command)) !== 'granted') {
    throw new UserError(`You need the **${permissionName(permission)}** permission for this.`)
  }
  const { confirmation } = subcommand
  if (!confirmation) throw new UserError(`There is nothing to confirm. Run \`/${path}\` again.`)
  if (context.now - query.askedAt > VALID) {
    throw new UserError(
      `This button has expired: it works for five minutes. Nothing was done. Run \`/${path}\` again.`,
    )
  }
  await confirmation.check({ query, context, typed })
  if (!(await archive.takeQuery(request.guildId, number))) throw alreadyAnswered(query)
  return confirmation.run({ query, announced, at, archive, erasing, context, report: context.report })
}

/**
 * The query that a button asks about.
 * @throws UserError if it was confirmed or cancelled, or is no longer stored
 */
export async function requireOpenQuery(number: number, request: ComponentRequest) {
  return requireQuery(request, number).catch((error: unknown) => {
    const taken = request.archive.takenFrom(number)
    throw taken && isSameAsker(taken, request) ? alreadyAnswered(taken) : error
  })
}

/** The query was answered before. @returns what the member reads, by the command that ran it */
export function alreadyAnswered({ command }: Pick<RunQuery, 'command'>): UserError {
  const [, type] = /^custos (\w+) add$/.exec(command) ?? []
  const now =
    type === undefined
      ? '`/audit status` shows what is stored now'
      : `\`/custos ${type} list\` shows what is set now`
  return new UserError(`This was already confirmed or cancelled, and runs only once. ${now}.`)
}
