import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { footersOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

test('a bot that joins later counts everything that Discord still has', async () => {
  const { moderator, town, clock } = await openCustos({ days: 60, perDay: 40 })
  const entries = town.guild.log.since(clock.now() - 45 * DAY)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toBe(
    `1–10 of ${entries.length.toLocaleString('en')}, newest first · All time · Complete since 10 Oct 2026 · Times in UTC`,
  )
})

test('the first answer in a guild shows the progress of the read while a moderator waits', async () => {
  const { discord, moderator, town, clock } = await openCustos({
    days: 30,
    perDay: 40,
    prepare: (town) => {
      town.discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 5, window: 1500 })
    },
  })
  const reply = moderator.send('audit recent')
  await reply.until((outcomes) => outcomes.length > 0)
  const answered = reply.answered().then(() => true)
  // Progress is shown every two seconds, once there is some.
  while (!(await Promise.race([answered, sleep(20)]))) clock.advance(2000)
  const { message } = reply
  expect(textOf(message)).toMatch(/^Reading the audit log: [\d,]+ entries, back to \d+ \w+ 2026…\n/)
  discord.rateLimits.routes.clear()
  await reply.until(() => textOf(message).startsWith('Audit log'))
  expect(footersOf(message)[0]).toContain(`of ${town.guild.log.since().length.toLocaleString('en')}, `)
})

test('a restart changes no registered command and loses no entry', async () => {
  const { discord, moderator, town, actor, clock, log, stopBot, startBot } = await openCustos({
    days: 3,
    archiveUrl: await archiveUrl(),
  })
  await log.waitFor(READ)
  await stopBot()
  clock.advance(HOUR)
  for (let count = 0; count < 130; count++) members.kick(actor(0), town.members[count % 30]?.id ?? '')
  clock.advance(HOUR)
  const commands = [...town.bot.commands.values()]
  await startBot()
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toBe(
    `1–10 of ${town.guild.log.since().length}, newest first · All time · Complete since 10 Oct 2026 · Times in UTC`,
  )
  expect([...discord.world.application(town.bot.id).commands.values()]).toEqual(commands)
  expect(log.lines.findLast(({ message: line }) => line === 'Commands registered.')?.facts).toEqual({
    changed: false,
  })
})
