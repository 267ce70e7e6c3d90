import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import { archiveFile } from '../support/archive-file.ts'
import { type OpenCustosOptions, openCustos } from '../support/open-custos.ts'
import { textOf } from '../support/read.ts'

const DAY = 86_400_000
const READ = 'The audit log is read.'
const FIRST = 'This is the first question here'

test('the first answer in a guild says how far the archive reaches, the second no more', async () => {
  const { moderator, other } = await openCustos({ days: 60 })
  const first = await moderator.command('audit recent')
  expect(textOf(first.message).split('\n')[1]).toBe(
    `${FIRST}: the archive reaches back to 10 Oct 2026, as far as Discord’s own log does, and keeps every entry from now on.`,
  )
  for (const each of [moderator, other]) {
    expect(textOf((await each.command('audit recent')).message)).not.toContain(FIRST)
  }
})

test('a question that nobody understood was none, and a restart does not make a second first', async () => {
  const { moderator, restart } = await openCustos({ archivePath: archiveFile() })
  await moderator.command('audit recent', { since: 'whenever' })
  expect(textOf((await moderator.command('audit status')).message)).toContain(FIRST)
  await restart()
  expect(textOf((await moderator.command('audit status')).message)).not.toContain(FIRST)
})

test('an archive that is still being filled says so', async () => {
  const { moderator } = await openCustos({
    days: 30,
    perDay: 40,
    prepare: ({ discord }) => {
      discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 2, window: 600 })
    },
  })
  const { message } = await moderator.command('audit recent', { since: '1h' })
  expect(textOf(message)).toMatch(
    new RegExp(
      `${FIRST}: the archive reaches back to \\d+ Nov 2026 so far, is still being filled from Discord’s own log, and keeps`,
    ),
  )
})

test('an archive that has grown older than Discord’s log says so', async () => {
  const { moderator, log, clock } = await openCustos({ days: 10 })
  await log.heard(READ)
  clock.advance(20 * DAY)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('back to 10 Oct 2026, further than Discord’s own log does, and keeps')
})

test('where entries are kept for a time, it says for how long', async () => {
  const { moderator } = await openCustos({ environment: { RETENTION_DAYS: '400' } })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('and keeps every entry for 400 days.')
})

test('while Discord may not be read, nothing is promised', async () => {
  const { moderator, town, log } = await openCustos({ days: 10 })
  await log.heard(READ)
  town.guild.roles.set(town.roles.custos.id, { ...town.roles.custos, permissions: '0' })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain(`${FIRST}: the archive reaches back to 10 Oct 2026.\n⚠️ I may not read`)
})

/** A guild in which a member was kicked once. */
async function kickedOnce(options: OpenCustosOptions = {}) {
  const here = await openCustos(options)
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  return here
}

test.each(['recent', 'user', 'target', 'deletes', 'activity', 'repeats', 'entry', 'export', 'status'])(
  '/audit %s says it where it is the first',
  async (command) => {
    const { moderator, town } = await kickedOnce()
    const values: Record<string, Record<string, string>> = {
      user: { user: moderator.userId },
      target: { on: town.members[0]?.id ?? '' },
      entry: { id: town.guild.log.since()[0]?.id ?? '' },
    }
    const { message } = await moderator.command(`audit ${command}`, values[command] ?? {})
    expect(textOf(message)).toContain(FIRST)
  },
)
