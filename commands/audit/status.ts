import { subcommand } from '../../src/command/command.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { statusReply } from '../../src/view/status.ts'
import { common } from './options.ts'

export const status = subcommand({
  name: 'status',
  description: 'What Custos holds of this server’s audit log, since when, and whether anything is missing',
  options: { public: common.public },
  ask: ({ public: everyone = false }, { now }) => ({
    filter: {},
    order: 'newest',
    public: everyone,
    // What is held is told, not what could be: nobody waits for the rest.
    readBackTo: firstIdAt(now),
  }),
  async answer({ question, archive, coverage, standing, place, notice }) {
    const { guildId } = question
    return statusReply({
      entries: await archive.held(guildId),
      coverage,
      standing,
      hiddenChannels: place.hiddenChannels,
      isErasing: await archive.isErasing(guildId),
      retentionDays: place.retentionDays,
      notice,
    })
  },
})
