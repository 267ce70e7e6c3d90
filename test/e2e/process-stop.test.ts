import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import type { BotProcess } from '../../sandbox/bot-process.ts'
import { Random } from '../../sandbox/town/random.ts'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import { archiveFile } from '../support/archive-file.ts'
import { entriesOf } from '../support/entries.ts'
import { gatewayAt } from '../support/gateway-answer.ts'
import { expectWhole } from '../support/held.ts'
import {
  handlesSignals,
  logged,
  loggedMatching,
  openProcesses,
  REPORTS_SIGNAL_HANDLER,
} from '../support/open-processes.ts'
import { freshGuild } from '../support/shared-archive.ts'

/** Runs a command as the first process of a container, where the machine lets it. */
const CONTAINER = ['unshare', '--user', '--map-root-user', '--fork', '--pid', '--mount-proc'] as const
const [unshare, ...isolated] = CONTAINER
const hasContainers = spawnSync(unshare, [...isolated, 'true']).status === 0

/** What the operator is promised, in milliseconds. */
const PROMISED = 5000

/** `STOPS=100 npx vitest run process-stop` stops it as often as that. */
const STOPS = Number(process.env.STOPS ?? 6)
const SEED = Number(process.env.SEED ?? 1)

/** How soon it is ready at most, in milliseconds, from when it hears signals. */
const START = 1200

describe('it stops with 0 within five seconds', () => {
  describe('before it is on watch', () => {
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
      await logged(bot, 'The audit log is read.')
      await expectStop(bot)
      await expectWhole(path, town)
    })

    test.concurrent.for([
      ['while Discord does not answer', 'silence'],
      ['while Discord fails', { status: 503 }],
    ] as const)('%s', async ([, trouble], { onTestFinished: atEnd }) => {
      const { discord, run } = await openProcesses({ atEnd })
      discord.fault = () => trouble
      const bot = run()
      await loggedMatching(bot, /Trying again in/)
      await expectStop(bot)
    })

    test.concurrent('while the gateway says nothing', async ({ onTestFinished: atEnd }) => {
      const { discord, run } = await openProcesses({ atEnd })
      const gateway = createServer().listen(0, '127.0.0.1')
      atEnd(() => void gateway.close())
      await once(gateway, 'listening')
      const connected = once(gateway, 'connection')
      discord.fault = gatewayAt(gateway)
      const bot = run()
      await connected
      await expectStop(bot)
    })
  })

  describe('while there is something to do', () => {
    test.concurrent('while it answers, and a second signal keeps nobody from the answer', async ({
      onTestFinished: atEnd,
    }) => {
      const { run, moderator } = await openProcesses({ atEnd })
      const bot = run()
      await bot.ready()
      const seen = moderator.send('audit recent')
      await seen.until((outcomes) => outcomes.length > 0)
      bot.signal('SIGINT')
      await logged(bot, 'Stopping.')
      bot.signal('SIGINT')
      await expectStop(bot)
      await seen.answered()
      expect(bot.output.stdout.match(/"msg":"Stopping\."/g)).toHaveLength(1)
    })

    test.concurrent('while another program has the archive locked and there is something to write', async ({
      onTestFinished: atEnd,
    }) => {
      const path = archiveFile(atEnd)
      const { discord, run, town, moderator } = await openProcesses({ atEnd })
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(bot, 'The audit log is read.')
      const other = new DatabaseSync(path, { timeout: 5000 })
      other.exec('BEGIN EXCLUSIVE')
      atEnd(() => other.close())
      const actor = { world: discord.world, guild: town.guild, actorId: moderator.userId }
      for (const member of town.members.slice(0, 3)) members.kick(actor, member.id)
      await expectStop(bot)
    })

    test.concurrent('while Discord takes no answer and the archive is locked', async ({
      onTestFinished: atEnd,
    }) => {
      const path = archiveFile(atEnd)
      const { discord, run, town, moderator } = await openProcesses({ atEnd })
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await logged(bot, 'The audit log is read.')
      discord.fault = (_, address) => (address.startsWith('/webhooks/') ? 'silence' : undefined)
      const seen = moderator.send('audit recent')
      await seen.until((outcomes) => outcomes.length > 0)
      const other = new DatabaseSync(path, { timeout: 5000 })
      other.exec('BEGIN EXCLUSIVE')
      atEnd(() => other.close())
      const actor = { world: discord.world, guild: town.guild, actorId: moderator.userId }
      for (const member of town.members.slice(0, 3)) members.kick(actor, member.id)
      await expectStop(bot)
    })

    test.concurrent('while the archive finishes an erasure of before, which takes long', async ({
      onTestFinished: atEnd,
    }) => {
      const path = archiveFile(atEnd)
      const guildId = freshGuild()
      const archive = await openArchive(path)
      await archive.record([
        { guildId, from: 'rest', entries: entriesOf(guildId, [{ id: '100', action_type: 22 }]) },
      ])
      await archive.beginErasing(guildId, '100')
      await archive.close()
      const other = new DatabaseSync(path, { timeout: 5000 })
      other.exec(`
        CREATE VIEW numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
        CREATE TRIGGER endless BEFORE DELETE ON entry BEGIN SELECT max(i) FROM numbers; END`)
      other.close()
      const { discord, run } = await openProcesses({ atEnd })
      discord.fault = () => 'silence'
      const bot = run({ DATABASE_URL: `sqlite:${path}` })
      await loggedMatching(bot, /Trying again in/)
      await expectStop(bot)
    })
  })

  describe('however it is run', () => {
    test.concurrent.for(['SIGTERM', 'SIGINT'] as const)(
      '%s to npm start',
      async (signal, { onTestFinished: atEnd }) => {
        const { run } = await openProcesses({ atEnd })
        const bot = run({}, { command: ['npm', 'start'] })
        await bot.ready()
        await expectStop(bot, signal)
        expect(bot.output.stdout).toContain(`"signal":"${signal}","msg":"Stopping."`)
      },
    )

    test.concurrent('Ctrl-C in a terminal, which npm hears too and passes on', async ({
      onTestFinished: atEnd,
    }) => {
      const { run, moderator } = await openProcesses({ atEnd })
      const bot = run({}, { command: ['npm', 'start'] })
      await bot.ready()
      const seen = moderator.send('audit recent')
      await seen.until((outcomes) => outcomes.length > 0)
      bot.signalGroup('SIGINT')
      expect(await bot.ended()).toBe(0)
      await seen.answered()
    })

    // Linux keeps signals that are not heard from the first process of a container.
    test
      .skipIf(!hasContainers)
      .concurrent('as the first process of a container', async ({ onTestFinished: atEnd }) => {
        const { discord, run } = await openProcesses({ atEnd })
        discord.fault = () => 'silence'
        const bot = run({}, { command: [...CONTAINER, process.execPath, 'src/main.ts'] })
        await loggedMatching(bot, /"pid":1,.*Trying again in/)
        const begun = Date.now()
        bot.signalGroup('SIGTERM')
        expect(await bot.ended()).toBe(0)
        expect(Date.now() - begun).toBeLessThan(PROMISED)
      })
  })
})

async function expectStop(bot: BotProcess, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<void> {
  const begun = Date.now()
  expect(await bot.stop(signal)).toBe(0)
  expect(Date.now() - begun).toBeLessThan(PROMISED)
}
