import { type ConfirmedRequest, subcommand } from '../../src/command/command.ts'
import type { CommandContext } from '../../src/command/context.ts'
import { stringOption } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { UserError } from '../../src/core/errors.ts'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { parseTarget } from '../../src/core/query/target.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { confirmReply, type ErasurePlan, forgottenReply, waitingSentence } from '../../src/view/forget.ts'
import type { Reply } from '../../src/view/reply.ts'
import { cancelButton } from '../components/cancel-button.ts'
import { confirmButton, ERASE_WORD, eraseButton } from '../components/confirm-button.ts'

export const forget = subcommand({
  name: 'forget',
  description: 'Erase what Custos stores about this server, or the names and texts of one member',
  options: {
    member: stringOption(
      'Only this member: name, mention or id, even after they left. Without it, everything',
      {
        suggests: 'members',
        maxLength: 100,
      },
    ),
  },
  draft: ({ member }) => ({
    filter: {},
    ...(member !== undefined && { on: parseTarget(member) }),
    order: 'newest',
    public: false,
    syncBackTo: 'none',
  }),
  async answer({ query, number, archive, context }) {
    const { guildId, filter, askerId } = query
    if (filter.targetId === undefined) await requireOwnerRights(context)
    const plan =
      filter.targetId === undefined
        ? await serverPlan(guildId, archive)
        : await planFor(filter.targetId, query, archive)
    const button = plan.type === 'server' ? eraseButton : confirmButton
    const announced = plan.type === 'server' ? plan.entries : plan.withTexts
    return confirmReply(plan, {
      confirmId: button.toCustomId(askerId, { number, announced }),
      cancelId: cancelButton.toCustomId(askerId, number),
    })
  },
  confirmation: {
    async check({ query, context, typed }) {
      // One member's texts may be erased by whoever may run the command, as members have a right to it.
      if (query.filter.targetId !== undefined) return
      if (typed?.trim().toLowerCase() !== ERASE_WORD) {
        throw new UserError(
          `Nothing was erased. To erase everything, press the button and type \`${ERASE_WORD}\`.`,
        )
      }
      await requireOwnerRights(context)
    },
    run: erase,
  },
})

async function serverPlan(
  guildId: Snowflake,
  archive: ArchiveReader,
): Promise<ErasurePlan & { type: 'server' }> {
  const [entries, watches] = await Promise.all([archive.countHeld(guildId), archive.watches(guildId)])
  return { type: 'server', entries, watches }
}

/**
 * What an erasure of one member erases.
 * @throws UserError if that is no member, or nothing is stored about them
 */
async function planFor(
  memberId: Snowflake,
  { guildId, filter: { targetType } }: SavedQuery,
  archive: ArchiveReader,
): Promise<ErasurePlan & { type: 'member' }> {
  const [concerning, names] = await Promise.all([
    archive.countConcerning(guildId, memberId),
    archive.names(guildId, [memberId]),
  ])
  if (targetType !== undefined && targetType !== 'user') {
    const type = names.get(targetType, memberId)?.type ?? targetType
    const what = type === 'guild' ? 'the server' : `a ${type}`
    throw new UserError(`That is ${what}. \`member\` accepts a member: a name, a mention or an id.`)
  }
  const name = names.get('user', memberId)?.name
  if (concerning.entries === 0 && name === undefined) {
    throw new UserError(`Custos stores nothing about <@${memberId}>: no name, and no entry by or about them.`)
  }
  return { type: 'member', memberId, name, ...concerning }
}

async function erase({ query, announced, at, erasing, report }: ConfirmedRequest): Promise<Reply> {
  const { guildId, askerId: by, filter } = query
  const { targetId: memberId } = filter
  // Shown at once, so that the buttons disappear: the archive may be busy for a moment.
  report('Confirmed. Erasing starts in a moment.')
  const progress = {
    begun: () => report('Erasing…'),
    waiting: (left: number) => report(waitingSentence(left)),
  }
  const erased = await erasing
    .erase({ guildId, upTo: at, memberId, by }, progress)
    .catch((error: unknown) => {
      report('Nothing was erased. Try again in a few minutes.')
      throw error
    })
  return forgottenReply(erased, { memberId, announced })
}

/** @throws UserError if the member may not do what only the owner may */
async function requireOwnerRights(context: CommandContext): Promise<void> {
  const rights = await context.ownerRights('custos')
  if (rights === 'granted') return
  const unread =
    rights === 'unknown' ? ' Discord did not say whom the server allows it to. Try again in a minute.' : ''
  throw new UserError(
    'Only the server’s owner can erase everything. To allow it to other members or roles, add them to `/custos` under ' +
      'Server Settings → Integrations → Custos. To erase the names and texts of one member, use ' +
      `\`/custos forget member:\`.${unread}`,
  )
}
