import { DiscordAPIError } from 'discord.js'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { OddFrame } from '../../../sandbox/gateway/odd-frames/odd-frame.ts'
import { oddFrames } from '../../../sandbox/gateway/odd-frames/odd-frames.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { openOnce } from '../../support/open-once.ts'
import { entryIdsOf, fieldOf, footersOf } from '../../support/read.ts'
import type { RecordedLog } from '../../support/recorded-log.ts'

const custos = openOnce(async (atEnd) => {
  const prepare = ({ discord }: Town) => {
    // A read follows each malformed frame, and the usual limits would only delay it.
    discord.rateLimits.routes.clear()
    discord.rateLimits.standard = { limit: 10_000, window: 1000 }
  }
  const here = await openCustos({ prepare }, atEnd)
  await here.log.waitFor(READ)
  return here
})

/** The groups of frames. The tests themselves fill in the ids of the guild and the bot. */
const NAMES = Object.keys(Object.groupBy(oddFrames({ guildId: '1', botId: '1' }), groupOf))

function groupOf(frame: OddFrame): string {
  return 'event' in frame ? frame.event : 'no dispatch'
}

test('there are malformed frames for every event', () => {
  expect(oddFrames({ guildId: '1', botId: '1' }).length).toBeGreaterThan(100)
})

test.each(NAMES)('after each malformed frame (%s) the bot still replies', async (group) => {
  const { discord, moderator, actor, town, log } = custos()
  const target = { guildId: town.guild.id, botId: town.bot.id }
  for (const frame of oddFrames(target).filter((each) => groupOf(each) === group)) {
    discord.gateway.sendOddFrame(town.bot.id, frame)
  }
  members.kick(actor(0), '1')
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
  expect(log.lines.filter(isIncident)).toEqual([])
})

test('a malformed event is logged once, by its name and without its content', async () => {
  const { discord, log, moderator, town } = custos()
  const from = log.lines.length
  const odd = { name: 'a role', event: 'GUILD_ROLE_UPDATE', data: { guild_id: 'a-secret', role: null } }
  discord.gateway.sendOddFrame(town.bot.id, odd)
  await moderator.command('audit recent')
  const warnings = log.lines.slice(from).filter(({ level }) => level === 'warn')
  expect(warnings).toEqual([
    {
      level: 'warn',
      message: 'Dropped a gateway event.',
      facts: { event: 'GUILD_ROLE_UPDATE', shard: 0, reason: 'it has no guild id' },
    },
  ])
})

test('after all of them the log is still live, without a gap, and the heartbeat is unchanged', async () => {
  const { discord, moderator } = custos()
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Live')).toMatch(/^yes/)
  expect(fieldOf(message, 'Holes')).toBe('none')
  // Discord wants one every 41 seconds, and the frames requested five more.
  expect(discord.gateway.heartbeats).toBeLessThan(10)
})

/** Whether a line reports a fault of Custos. Discord rejects replies to the malformed interactions: nobody sent them. */
function isIncident({ level, facts }: RecordedLog['lines'][number]): boolean {
  const isUnknown = 'err' in facts && facts.err instanceof DiscordAPIError && facts.err.code === 10_062
  return level === 'error' && !isUnknown
}
