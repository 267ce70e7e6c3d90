import { subcommand } from '../../src/command/command.ts'
import { stringOption } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import { parseTarget } from '../../src/core/query/target.ts'
import { confirmReply, forgottenReply, waitingSentence } from '../../src/view/forget.ts'
import { confirmButton } from '../components/confirm-button.ts'

export const forget = subcommand({
  name: 'forget',
  description: 'Erase what Custos stores about this server, or the names and texts of one member',
  options: {
    member: stringOption(
      'Only this member (name, mention or id), even one who left; without it, everything',
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
  async answer({ query, number, archive }) {
    const { guildId, filter, askerId } = query
    const { targetId: memberId, targetType } = filter
    const confirmId = confirmButton.toCustomId(askerId, number)
    if (memberId === undefined) return confirmReply({ entries: await archive.countHeld(guildId), confirmId })
    const [entries, names] = await Promise.all([
      archive.countConcerning(guildId, memberId),
      archive.names(guildId, [memberId]),
    ])
    if (targetType !== undefined && targetType !== 'user') {
      const type = names.get(targetType, memberId)?.type ?? targetType
      const what = type === 'guild' ? 'the server' : `a ${type}`
      throw new UserError(`That is ${what}. \`member\` accepts a member: a name, a mention or an id.`)
    }
    const name = names.get('user', memberId)?.name
    if (entries === 0 && name === undefined) {
      throw new UserError(
        `Custos stores nothing about <@${memberId}>: no name, and no entry by or about them.`,
      )
    }
    return confirmReply({ entries, memberId, name, confirmId })
  },
  async confirmed({ query, at, erasing, report }) {
    const { guildId, askerId: by, filter } = query
    const { targetId: memberId } = filter
    // Shown at once, so that the button disappears: the archive may be busy for a moment.
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
    return forgottenReply(erased, memberId)
  },
})
