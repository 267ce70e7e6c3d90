import { onTestFinished } from 'vitest'
import { createPostClient } from '../../src/discord/rest/posting/post-client.ts'
import { createPosting } from '../../src/discord/rest/posting.ts'
import { ReadBudget } from '../../src/sync/budget/read-budget.ts'
import { openDiscord, TOKEN } from './open-discord.ts'
import { RecordedLog } from './recorded-log.ts'

/** Posts in the channels of a sandbox, through the real discord.js. */
export async function openPosting() {
  const here = await openDiscord()
  const { clock, discord, town } = here
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  const posting = createPosting({
    rest: createPostClient({ api: discord.api, token: TOKEN }),
    budget: new ReadBudget(clock, { perSecond: 100_000, backgroundPerMinute: 1 }, stopping.signal),
    ownId: () => town.bot.id,
    clock,
    log,
    signal: stopping.signal,
  })
  const [channelId = ''] = town.channels
  const place = { guildId: town.guild.id, channelId }
  return { ...here, posting, log, place, stop: () => stopping.abort() }
}
