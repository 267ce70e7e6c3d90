import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OddFrame, oddFrames } from '../../sandbox/gateway/odd-frames.ts'
import { textOf } from '../support/read.ts'
import { type Stage, stage } from '../support/stage.ts'

let here: Stage
let close = async () => {}

beforeAll(async () => {
  here = await stage({}, (end) => {
    close = end
  })
  await here.log.heard('The audit log is read.')
})
afterAll(() => close())

/** The names of the frames, by what they have in common: the guild and the bot that they name come later. */
const NAMES = Object.keys(Object.groupBy(oddFrames({ guildId: '1', botId: '1' }), groupOf))

function groupOf(frame: OddFrame): string {
  return 'event' in frame ? frame.event : 'no dispatch'
}

test('there are odd frames of every event', () => {
  expect(oddFrames({ guildId: '1', botId: '1' }).length).toBeGreaterThan(100)
})

test.each(NAMES)('after each odd frame (%s) the bot goes on and answers', async (group) => {
  const { discord, moderator, town, log } = here
  const target = { guildId: town.guild.id, botId: town.bot.id }
  for (const frame of oddFrames(target).filter((each) => groupOf(each) === group)) {
    discord.gateway.sendOdd(town.bot.id, frame)
  }
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('newest first')
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
