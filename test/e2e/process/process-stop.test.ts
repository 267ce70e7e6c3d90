import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { BotProcess } from '../../../sandbox/bot-process.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import { Random } from '../../../sandbox/town/random.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { expectComplete } from '../../support/archive/expect-complete.ts'
import { freshGuild } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { ALL_READ } from '../../support/log-messages.ts'
import {
  handlesSignals,
  logged,
  loggedMatching,
  openProcesses,
  REPORTS_SIGNAL_HANDLER,
} from '../../support/process/open-processes.ts'
import { textOf } from '../../support/read.ts'
import { gatewayAt } from '../../support/sandbox/gateway-answer.ts'

/** Runs a command as the first process of a container, if the host allows it. */
const CONTAINER = ['unshare', '--user', '--map-root-user', '--fork', '--pid', '--mount-proc'] as const
const [unshare, ...isolated] = CONTAINER
const hasContainers = spawnSync(unshare, [...isolated, 'true']).status === 0

const NPM_START = ['npm', 'start'] as const

/** How long a stop may take, in milliseconds. */
const PROMISED = 5000

/** `STOPS=100 npx vitest run process-stop` stops a process that often. */
const STOPS = Number(process.env.STOPS ?? 3)
const SEED = Number(process.env.SEED ?? 1)

/** How long a start takes at most, in milliseconds, counted from when signals are handled. */
const START = 1200

// A stop while an answer is pending and a second signal: see process.test.ts.
describe('a process that is stopped ends with 0 within five seconds', () => {
  describe('before it is connected', () => {
    test.concurrent('in its first moment, before it has read its configuration', async ({
      onTestFinished: atEnd,
    }) => {
      const { run } = await openProcesses({ atEnd })
      const bot = run({ DISCORD_TOKEN: '', ...REPORTS_SIGNAL_HANDLER })
      await handlesSignals(bot)
      await expectStop(bot)
      expect(bot.output).toEqual({ stdout: '', stderr: 'handles signals\n' })
    })

    test.concurrent(`at any moment of its start, ${STOPS} times`, { timeout: 20_000 + STOPS * 5000 }, async ({
      onTestFinished: atEnd,
    }) => {
      const random = new Random(SEED)
      const path = archiveFile(atEnd)
      const { run, town } = await openProcesses({ atEnd })
      for (let stop = 0; stop < STOPS; stop++) {
        const bot = run({ DATABASE_URL: `sqlite:${path}`, ...REPORTS_SIGNAL_HANDLER })
        await handlesSignals(bot)
        await sleep(random.whole(0, START))
        await expectStop(bot)
        expect(bot.output.stderr).toBe('handles signals\n')
      }
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(bot, ALL_READ)
      await expectStop(bot)
      await expectComplete(path, town)
    })

    test.concurrent('while Discord does not answer, with SIGTERM to npm start', async ({
      onTestFinished: atEnd,
    }) => {
      const { discord, run } = await openProcesses({ atEnd })
      const requested = Promise.withResolvers<void>()
      discord.fault = () => {
        requested.resolve()
        return 'silence'
      }
      const bot = run({}, { command: NPM_START })
      await requested.promise
      await expectStop(bot, 'SIGTERM')
      expect(bot.output.stdout).toContain('"signal":"SIGTERM","msg":"Stopping."')
    })

    test.concurrent('while the gateway sends nothing, with SIGINT to npm start', async ({
      onTestFinished: atEnd,
    }) => {
      const { discord, run } = await openProcesses({ atEnd })
      const gateway = createServer().listen(0, '127.0.0.1')
      atEnd(() => void gateway.close())
      await once(gateway, 'listening')
      const connected = once(gateway, 'connection')
      discord.fault = gatewayAt(gateway)
      const bot = run({}, { command: NPM_START })
      await connected
      await expectStop(bot, 'SIGINT')
      expect(bot.output.stdout).toContain('"signal":"SIGINT","msg":"Stopping."')
    })

    // Linux does not deliver signals that are not handled to the first process of a container.
    test
      .skipIf(!hasContainers)
      .concurrent(
        'while it waits for the next attempt, as the first process of a container',
        async ({ onTestFinished: atEnd }) => {
          const { discord, run } = await openProcesses({ atEnd })
          discord.fault = () => ({ status: 503 })
          const bot = run({}, { command: [...CONTAINER, process.execPath, 'src/main.ts'] })
          await loggedMatching(bot, /"pid":1,.*trying again/)
          const start = Date.now()
          bot.signalGroup('SIGTERM')
          expect(await bot.ended()).toBe(0)
          expect(Date.now() - start).toBeLessThan(PROMISED)
        },
      )
  })

  describe('while there is something to do', () => {
    test.concurrent('an answer, with Ctrl-C in a terminal, which reaches npm and the process', async ({
      onTestFinished: atEnd,
    }) => {
      const { run, moderator } = await openProcesses({ atEnd })
      const bot = run({}, { command: NPM_START })
      await bot.ready()
      const reply = moderator.send('audit recent')
      await reply.until((outcomes) => outcomes.length > 0)
      bot.signalGroup('SIGINT')
      expect(await bot.ended()).toBe(0)
      await reply.answered()
    })

    test.concurrent('an answer that Discord does not accept, and writes to an archive that is locked', async ({
      onTestFinished: atEnd,
    }) => {
      const path = archiveFile(atEnd)
      const { discord, run, town, moderator } = await openProcesses({ atEnd })
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(bot, ALL_READ)
      discord.fault = (_, address) => (address.startsWith('/webhooks/') ? 'silence' : undefined)
      const reply = moderator.send('audit recent')
      await reply.until((outcomes) => outcomes.length > 0)
      const other = new DatabaseSync(path, { timeout: 5000 })
      other.exec('BEGIN EXCLUSIVE')
      atEnd(() => other.close())
      const actor = { world: discord.world, guild: town.guild, actorId: moderator.userId }
      for (const member of town.members.slice(0, 3)) members.kick(actor, member.id)
      await expectStop(bot)
    })

    test.concurrent('a flood whose posts Discord does not answer, which are there once afterwards', async ({
      onTestFinished: atEnd,
    }) => {
      const path = archiveFile(atEnd)
      const { discord, run, town, moderator } = await openProcesses({ atEnd })
      const modLog = addModLog(town)
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(bot, ALL_READ)
      await moderator.command('custos feed add', { to: modLog })
      const requested = Promise.withResolvers<void>()
      discord.fault = (_, address) => {
        if (!address.endsWith(`/${modLog}/messages`)) return undefined
        requested.resolve()
        return { lost: 'silence', isDone: true }
      }
      const actor = { world: discord.world, guild: town.guild, actorId: moderator.userId }
      for (const member of town.members.slice(0, 8)) members.kick(actor, member.id)
      await requested.promise
      await expectStop(bot)
      discord.fault = undefined
      const next = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(next, ALL_READ)
      const kicks = () =>
        discord.conversation.messagesIn(modLog).flatMap((post) => textOf(post).match(/ kicked /g) ?? [])
      while (kicks().length < 8) await sleep(20)
      await expectStop(next)
      expect(kicks()).toHaveLength(8)
    })

    test.concurrent('a slow erasure that an earlier run had begun', async ({ onTestFinished: atEnd }) => {
      const path = archiveFile(atEnd)
      const guildId = freshGuild()
      const archive = await openArchive(path)
      await archive.record([
        { guildId, from: 'rest', entries: entriesOf(guildId, [{ id: '100', action_type: 22 }]) },
      ])
      await archive.beginErasing({ guildId, upTo: '100', by: '7' })
      await archive.close()
      const other = new DatabaseSync(path, { timeout: 5000 })
      other.exec(`
        CREATE VIEW numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
        CREATE TRIGGER endless BEFORE DELETE ON entry BEGIN SELECT max(i) FROM numbers; END`)
      other.close()
      const { discord, run } = await openProcesses({ atEnd })
      discord.fault = () => ({ status: 503 })
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await loggedMatching(bot, /trying again/)
      await expectStop(bot)
    })
  })
})

async function expectStop(bot: BotProcess, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<void> {
  const start = Date.now()
  expect(await bot.stop(signal)).toBe(0)
  expect(Date.now() - start).toBeLessThan(PROMISED)
}
