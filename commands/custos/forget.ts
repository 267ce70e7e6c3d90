import { subcommand } from '../../src/command/command.ts'
import { text } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import { readTarget } from '../../src/core/query/target.ts'
import { confirmReply, forgottenReply, waitingSentence } from '../../src/view/forget.ts'

export const forget = subcommand({
  name: 'forget',
  description: 'Erases what Custos holds of this server, or what one member is called and what was written',
  options: {
    member: text('Only this member, by name, mention or id, even if they have left; otherwise everything', {
      suggests: 'members',
      longest: 100,
    }),
  },
  ask: ({ member }) => ({
    filter: {},
    ...(member !== undefined && { on: readTarget(member) }),
    order: 'newest',
    public: false,
    readBackTo: 'nothing',
  }),
  async answer({ query, number, archive }) {
    const { guildId, filter, askerId } = query
    const { targetId: memberId, targetType } = filter
    const action = { does: 'confirm', asker: askerId, question: number } as const
    if (memberId === undefined) return confirmReply({ entries: await archive.countHeld(guildId), action })
    const [entries, names] = await Promise.all([
      archive.countConcerning(guildId, memberId),
      archive.names(guildId, [memberId]),
    ])
    if (targetType !== undefined && targetType !== 'user') {
      const type = names.get(targetType, memberId)?.type ?? targetType
      const what = type === 'guild' ? 'the server' : `a ${type}`
      throw new UserError(`That is ${what}, and \`member\` takes a member: a name, a mention or an id.`)
    }
    const name = names.get('user', memberId)?.name
    if (entries === 0 && name === undefined) {
      throw new UserError(`I hold nothing of <@${memberId}>: no name, and no entry by or about them.`)
    }
    return confirmReply({ entries, memberId, name, action })
  },
  async confirmed({ query, at, erasing, report }) {
    const { guildId, askerId: by, filter } = query
    const { targetId: memberId } = filter
    // One after the other, so that the last word stays. That one cannot be said keeps nothing from being erased.
    let saying = Promise.resolve()
    const say = (sentence: string) => {
      saying = saying.then(() => report(sentence)).catch(() => {})
    }
    // The button goes at once, though it can take a moment until the archive can be written to.
    say('Confirmed. It begins in a moment.')
    const progress = { begun: () => say('Erasing…'), waiting: (left: number) => say(waitingSentence(left)) }
    const erased = await erasing
      .erase({ guildId, upTo: at, memberId, by }, progress)
      .catch(async (error: unknown) => {
        say('Nothing was erased. Ask again in a few minutes.')
        await saying
        throw error
      })
    await saying
    return forgottenReply(erased, memberId)
  },
})
