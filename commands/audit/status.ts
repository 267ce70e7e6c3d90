import { subcommand } from '../../src/command/command.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { statusReply } from '../../src/view/status/status.ts'
import { commonOptions } from './common-options.ts'

export const status = subcommand({
  name: 'status',
  description: 'Show what Custos stores of this server’s audit log, and whether anything is missing',
  options: { public: commonOptions.public },
  draft: ({ public: isPublic = false }, { now }) => ({
    filter: {},
    order: 'newest',
    public: isPublic,
    // The answer is about what is stored, so it does not wait for older pages.
    syncBackTo: firstIdAt(now),
  }),
  async answer({ query, archive, coverage, syncStatus, context, notice }) {
    const { guildId } = query
    const [entries, isErasing, settings, operations, watches] = await Promise.all([
      archive.countHeld(guildId),
      archive.isErasing(guildId),
      archive.settings(guildId),
      archive.operations(guildId),
      archive.watches(guildId),
    ])
    return statusReply({
      entries,
      coverage,
      syncStatus,
      hiddenChannels: context.hiddenChannels,
      isErasing,
      retentionDays: context.retentionDays,
      settings,
      operations,
      watches,
      now: context.now,
      notice,
    })
  },
})
