import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { BotProcess } from '../../../sandbox/bot-process.ts'
import { oddFrames } from '../../../sandbox/gateway/odd-frames/odd-frames.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { expectComplete } from '../../support/archive/expect-complete.ts'
import { isDelete } from '../../support/entries/truth.ts'
import { READ } from '../../support/log-messages.ts'
import { logged, loggedMatching, openProcesses, TOKEN } from '../../support/process/open-processes.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

const FAULTY_PROCESS = fileURLToPath(new URL('../../support/process/faulty-process.ts', import.meta.url))

// The tests share one process. The last one stops it.
describe('a process', () => {
  const ends: (() => Promise<void>)[] = []
  const atEnd = (end: () => Promise<void>) => ends.unshift(end)
  const path = archiveFile(atEnd)
  let here: Awaited<ReturnType<typeof openProcesses>>
  let bot: BotProcess

  beforeAll(async () => {
    here = await openProcesses({ atEnd })
    bot = here.run({
      DATABASE_URL: `sqlite:${path}`,
      LOG_LEVEL: 'trace',
      NODE_OPTIONS: `--import=${FAULTY_PROCESS}`,
    })
    await bot.ready()
    await logged(bot, READ)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  const newestFirst = () => here.town.guild.log.since().reverse()

  test('logs in lines of JSON, and says who it is and where when it is connected', () => {
    const { discord, town } = here
    const lines = bot.output.stdout.trim().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ msg: 'Connected.', id: town.bot.id, api: discord.api, guilds: 1 }),
    )
  })

  test('answers every command, changes pages and shows entries', async () => {
    const { moderator } = here
    const all = newestFirst()
    const { message } = await moderator.command('audit recent')
    expect(footersOf(message)[0]).toContain(`1–10 of ${all.length}, `)
    await moderator.click(message, 'Next')
    expect(entryIdsOf(message)).toEqual(all.slice(10, 20).map(({ id }) => id))
    const [id = ''] = entryIdsOf(message)
    expect(textOf((await moderator.choose(message, id)).message)).toContain(`Entry ${id}`)

    const own = await moderator.command('audit user', { user: moderator.userId })
    expect(numberIn(fieldOf(own.message, 'Actions'))).toBe(
      all.filter(({ user_id }) => user_id === moderator.userId).length,
    )
    const deletes = await moderator.command('audit deletes', { since: '30d' })
    expect(numberIn(fieldOf(deletes.message, 'Log entries'))).toBe(all.filter(isDelete).length)
  })

  test('prevents a second one from opening its archive, which ends with 1 and a sentence', async () => {
    const second = here.run({ DATABASE_URL: `sqlite:${path}` })
    expect(await second.ended()).toBe(1)
    expect(second.output.stderr).toBe(
      `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.\n`,
    )
  })

  // Linux can stop a process from making files larger, and allow it again, which acts like a full disk.
  test.skipIf(process.platform !== 'linux')(
    'answers from its archive while the disk is full, and writes what arrived once there is room again',
    async () => {
      const { discord, moderator, town } = here
      const before = newestFirst()
      limitFileSize(bot, '1024')
      for (const member of town.members.slice(0, 5)) {
        members.kick({ world: discord.world, guild: town.guild, actorId: moderator.userId }, member.id)
      }
      await logged(bot, 'Writing to the archive failed; events are held in memory and written again.')
      expect(bot.output.stdout).toContain('"message":"disk I/O error"')
      const full = await moderator.command('audit recent')
      expect(entryIdsOf(full.message)).toEqual(before.slice(0, 10).map(({ id }) => id))
      await moderator.click(full.message, 'Next')
      expect(entryIdsOf(full.message)).toEqual(before.slice(10, 20).map(({ id }) => id))

      limitFileSize(bot, 'unlimited')
      await logged(bot, 'Writing to the archive works again.')
      const after = await moderator.command('audit recent')
      expect(entryIdsOf(after.message).slice(5)).toEqual(before.slice(0, 5).map(({ id }) => id))
    },
  )

  test('keeps running after all malformed frames at once', async () => {
    const { discord, moderator, town } = here
    for (const frame of oddFrames({ guildId: town.guild.id, botId: town.bot.id })) {
      discord.gateway.sendOddFrame(town.bot.id, frame)
    }
    const { message } = await moderator.command('audit recent')
    expect(footersOf(message)[0]).toContain(`1–10 of ${town.guild.log.since().length}, `)
    expect(bot.output.stdout).not.toContain('Unhandled rejection.')
  })

  test('logs an unhandled rejection and keeps running', async () => {
    bot.signal('SIGHUP')
    await loggedMatching(bot, /Nothing handles this\./)
    const { message } = await here.moderator.command('audit recent')
    expect(footersOf(message)[0]).toContain(`1–10 of ${here.town.guild.log.since().length}, `)
    expect(bot.output.stdout).toContain('"msg":"Unhandled rejection."')
  })

  // That discord.js still sends then: see test/process/host-clock.test.ts.
  test('does not notice that the host’s time of day is set back by a day', async () => {
    const { moderator, town } = here
    bot.signal('SIGUSR2')
    await expect.poll(() => bot.output.stderr).toMatch(/^Date\.now changed by -?0 days\n$/)
    const { message } = await moderator.command('audit recent')
    expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  })

  test('answers what is pending when it is stopped, ignores a second signal, and ends with 0 within five seconds', async () => {
    const reply = here.moderator.send('audit recent')
    await reply.until((outcomes) => outcomes.length > 0)
    const start = Date.now()
    bot.signal('SIGTERM')
    await logged(bot, 'Stopping.')
    expect(await bot.stop('SIGTERM')).toBe(0)
    expect(Date.now() - start).toBeLessThan(5000)
    const { message } = await reply.answered()
    expect(textOf(message)).toContain('Audit log')
    expect(bot.output.stdout.match(/"signal":"SIGTERM","msg":"Stopping\."/g)).toHaveLength(1)
    expect(bot.output.stdout + bot.output.stderr).not.toContain(TOKEN)
    await expectComplete(path, here.town)
  })
})

test('a wrong token ends a process with 1 and a sentence that does not show the token', async () => {
  const { run } = await openProcesses()
  const bot = run({ DISCORD_TOKEN: 'MTAx.another.token' })
  expect(await bot.ended()).toBe(1)
  expect(bot.output.stderr).toBe(
    'Discord does not accept DISCORD_TOKEN. Copy the token again from the Bot page of your application at ' +
      'https://discord.com/developers/applications.\n',
  )
})

test('a bad configuration ends a process with 1 at once, naming every bad variable', async () => {
  const { run } = await openProcesses()
  const bot = run({
    DISCORD_TOKEN: '',
    DISCORD_API: 'discord',
    DATABASE_URL: 'postgres://x',
    LOG_LEVEL: 'loud',
  })
  expect(await bot.ended()).toBe(1)
  for (const name of ['DISCORD_TOKEN', 'DISCORD_API', 'DATABASE_URL', 'LOG_LEVEL']) {
    expect(bot.output.stderr).toMatch(new RegExp(`^ {2}${name} should be `, 'm'))
  }
})

function limitFileSize({ pid }: BotProcess, bytes: string): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`])
}
