import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { allEntries } from '../../support/entries/entries.ts'
import { countOf } from '../../support/entries/truth.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { openOnce } from '../../support/open-once.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'
import { logged, openProcesses } from '../../support/process/open-processes.ts'
import { entryIdsOf, textOf } from '../../support/read.ts'

/** The pause before a failed write is retried, in milliseconds. */
const RETRY = 5000

const server = openOnce(async (atEnd) => {
  const started = await PostgresServer.start()
  atEnd(() => started.remove())
  return started
})

test('while PostgreSQL is down, answers say that the archive cannot be reached, and what happens meanwhile is in the next', async () => {
  const { url } = await createDatabase(server().url())
  const custos = await openCustos({ days: 3, environment: { DATABASE_URL: url } })
  const { clock, moderator, town, actor, log } = custos
  await log.waitFor(READ)
  const idsBefore = entryIdsOf((await moderator.command('audit recent')).message)

  await server().stop('SIGKILL')
  for (const member of town.members.slice(0, 3)) members.kick(actor(0), member.id)
  const { message: refusal, ephemeral } = await moderator.command('audit recent', { public: true })
  expect(textOf(refusal)).toContain('Custos’s archive cannot be reached at the moment. Nothing is lost')
  expect(ephemeral).toBe(true)
  expect(await moderator.autocomplete('audit target', 'on', 'a')).toEqual([])
  await log.waitFor('Writing to the archive failed; events are held in memory and written again.')
  for (const member of town.members.slice(3, 6)) members.kick(actor(1), member.id)

  await server().start()
  clock.advance(RETRY)
  await log.waitFor('Writing to the archive works again.')
  const { message } = await moderator.command('audit recent')
  const newest = town.guild.log.since().slice(-10).toReversed()
  expect(entryIdsOf(message)).toEqual(newest.map(({ id }) => id))
  expect(entryIdsOf(message).slice(6)).toEqual(idsBefore.slice(0, 4))

  expect(inspect(log.lines, { showHidden: true, depth: 9 })).not.toContain(new URL(url).password)

  await custos.stopBot()
  const archive = await openArchive(parsePostgresUrl(url, 'the database'))
  const entries = await allEntries(archive, town.guild.id)
  await archive.close()
  expect(entries.map(({ id, count }) => [id, count ?? 1])).toEqual(
    town.guild.log.since().map((entry) => [entry.id, countOf(entry)]),
  )
})

test('a process waits for a database that is not there yet, and SIGTERM ends the wait', async () => {
  const { url } = await createDatabase(server().url())
  const { run } = await openProcesses({ history: { days: 1, perDay: 5, seed: 1 } })
  await server().stop()
  const bots = [run({ DATABASE_URL: url }), run({ DATABASE_URL: url })] as const
  const waits = 'The archive cannot be reached; trying again.'
  await Promise.all(bots.map((bot) => logged(bot, waits)))
  const since = performance.now()
  expect(await bots[0].stop()).toBe(0)
  expect(performance.now() - since).toBeLessThan(5000)
  await server().start()
  await bots[1].ready()
  expect(await bots[1].stop()).toBe(0)
  const written = bots.map(({ output }) => output.stdout + output.stderr).join('')
  expect(written).toContain('ECONNREFUSED')
  expect(written).not.toContain(new URL(url).password)
})

test('a process ends with 1 and a sentence when the password is wrong or there is no database', async () => {
  const { run } = await openProcesses({ history: { days: 1, perDay: 5, seed: 1 } })
  const wrong = new URL(server().url())
  wrong.password = 'wrong'
  const missing = server().url('nowhere')
  const bots = [wrong.href, missing].map((url) => run({ DATABASE_URL: url }))
  const ends = await Promise.all(
    bots.map(async (bot) => ({ code: await bot.ended(), text: bot.output.stderr })),
  )
  expect(ends.map(({ code }) => code)).toEqual([1, 1])
  const [password, database] = ends.map(({ text }) => text)
  expect(password).toContain('Check the password of the user custos in DATABASE_URL.')
  expect(database).toContain('CREATE DATABASE "nowhere" OWNER "custos"')
  expect(database).not.toContain(new URL(missing).password)
})
