import { DiscordAPIError } from 'discord.js'
import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import type { OddFrame } from '../../sandbox/gateway/odd-frames/odd-frame.ts'
import { oddFrames } from '../../sandbox/gateway/odd-frames/odd-frames.ts'
import type { Town } from '../../sandbox/town/town.ts'
import { openCustos } from '../support/open-custos.ts'
import { openOnce } from '../support/open-once.ts'
import { entryIdsOf, fieldOf, footersOf } from '../support/read.ts'
import type { RecordedLog } from '../support/recorded-log.ts'

const custos = openOnce(async (atEnd) => {
  const prepare = ({ discord }: Town) => {
    // A read follows each odd frame, and the usual limits would only delay it.
    discord.rateLimits.routes.clear()
    discord.rateLimits.standard = { limit: 10_000, window: 1000 }
  }
  const here = await openCustos({ prepare }, atEnd)
  await here.log.heard('The audit log is read.')
  return here
})

/** The names of the frames, by what they have in common: the guild and the bot that they name come later. */
const NAMES = Object.keys(Object.groupBy(oddFrames({ guildId: '1', botId: '1' }), groupOf))

function groupOf(frame: OddFrame): string {
  return 'event' in frame ? frame.event : 'no dispatch'
}

test('there are odd frames of every event', () => {
  expect(oddFrames({ guildId: '1', botId: '1' }).length).toBeGreaterThan(100)
})

test.each(NAMES)('after each odd frame (%s) the bot goes on and answers', async (group) => {
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

test('what is malformed is logged by the name of its event, once each, and nothing of what was in it', async () => {
  const { discord, log, moderator, town } = custos()
  const from = log.lines.length
  const odd = { name: 'a role', event: 'GUILD_ROLE_UPDATE', data: { guild_id: 'a-secret', role: null } }
  discord.gateway.sendOddFrame(town.bot.id, odd)
  await moderator.command('audit recent')
  const told = log.lines.slice(from).filter(({ level }) => level === 'warn')
  expect(told).toEqual([
    {
      level: 'warn',
      message: 'Dropped a gateway event: it has no guild id.',
      facts: { event: 'GUILD_ROLE_UPDATE', shard: 0 },
    },
  ])
})

test('after all of them nothing was missed: the log is still followed live, and the heart beats as it did', async () => {
  const { discord, moderator } = custos()
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Live')).toMatch(/^yes/)
  expect(fieldOf(message, 'Gaps')).toBe('none')
  // Discord asks for one every 41 seconds, and the frames asked for five more.
  expect(discord.gateway.heartbeats).toBeLessThan(10)
})

/** Whether something went wrong that is not to. Nobody typed the odd interactions, so Discord takes no answer to them. */
function isIncident({ level, facts }: RecordedLog['lines'][number]): boolean {
  const isUnknown = 'err' in facts && facts.err instanceof DiscordAPIError && facts.err.code === 10_062
  return level === 'error' && !isUnknown
}
