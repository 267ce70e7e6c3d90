import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { entryIdsOf, textOf } from '../../support/read.ts'

/** The pause before a failed write is retried, in milliseconds. */
const RETRY = 5000

const UNREACHABLE =
  'Custos’s archive cannot be reached at the moment. Nothing is lost: what happens in the meantime is stored when it is ' +
  'back. Try again in a minute.'

test('while the server of the archive is killed, replies say so, and no new entry is lost', async () => {
  const server = await PostgresServer.start()
  onTestFinished(() => server.remove())
  const here = await openCustos({ days: 3, environment: { DATABASE_URL: server.url() } })
  const { clock, moderator, town, actor, log } = here
  await log.waitFor(READ)
  const newest = () =>
    town.guild.log
      .since()
      .slice(-10)
      .reverse()
      .map(({ id }) => id)
  const { message } = await moderator.command('audit recent', { public: true })
  expect(entryIdsOf(message)).toEqual(newest())

  await server.stop('SIGKILL')
  for (const member of town.members.slice(0, 3)) members.kick(actor(0), member.id)
  await log.waitFor('Writing to the archive failed; events are held in memory and written again.')
  for (const member of town.members.slice(3, 6)) members.kick(actor(1), member.id)
  const down = await moderator.command('audit recent', { public: true })
  expect([textOf(down.message), down.ephemeral]).toEqual([UNREACHABLE, true])
  expect(await moderator.autocomplete('audit target', 'on', 'a')).toEqual([])

  await server.start()
  clock.advance(RETRY)
  await log.waitFor('Writing to the archive works again.')
  const after = await moderator.command('audit recent')
  expect(entryIdsOf(after.message)).toEqual(newest())
  expect(textOf(after.message)).toContain('Complete since 10 Oct 2026')
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toHaveLength(10)
  expect(inspect(log.lines, { showHidden: true, depth: 9 })).not.toContain(new URL(server.url()).password)
})
