import { firstIdAt } from '../../src/core/snowflake.ts'
import { statusReply } from '../../src/view/status.ts'
import { subcommand } from '../command.ts'
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
  async answer({ question, archive, place, notice }) {
    const { guildId } = question
    const [entries, coverage] = await Promise.all([archive.held(guildId), archive.coverage(guildId)])
    return statusReply({
      entries,
      coverage,
      standing: place.standing(),
      hiddenChannels: place.hiddenChannels,
      retentionDays: place.retentionDays,
      notice,
    })
  },
})
