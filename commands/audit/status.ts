import { subcommand } from '../../src/command/command.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { statusReply } from '../../src/view/status/status.ts'
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
  async answer({ query, archive, coverage, syncStatus: status, context, notice }) {
    const { guildId } = query
    return statusReply({
      entries: await archive.countHeld(guildId),
      coverage,
      syncStatus: status,
      hiddenChannels: context.hiddenChannels,
      isErasing: await archive.isErasing(guildId),
      retentionDays: context.retentionDays,
      notice,
    })
  },
})
