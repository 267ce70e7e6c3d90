import { execFileSync } from 'node:child_process'
import { readFileSync, truncateSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import type { BotProcess } from '../../sandbox/bot-process.ts'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import { archiveFile } from '../support/archive-file.ts'
import { expectWhole } from '../support/held.ts'
import { logged, openProcesses } from '../support/open-processes.ts'
import { entryIdsOf } from '../support/read.ts'

test('an archive that is cut short ends it with 1 and a sentence, and is left as it is', async () => {
  const path = archiveFile()
  await (await openArchive(path)).close()
  const whole = readFileSync(path)
  truncateSync(path, whole.length - 1)
  const { run } = await openProcesses()
  const bot = run({ DATABASE_URL: `sqlite:${path}` })
  expect(await bot.ended()).toBe(1)
  expect(bot.output.stderr).toBe(
    `The archive ${path} is damaged: its end is missing. It is left as it is. ` +
      'Put a backup in its place, or set DATABASE_URL to another file.\n',
  )
  expect(readFileSync(path).equals(whole.subarray(0, -1))).toBe(true)
})

// Linux can forbid a process that runs to let any file grow, and allow it again: the same as a disk without room.
test.skipIf(process.platform !== 'linux')(
  'on a full disk it answers from what it holds, and writes all that came when there is room again',
  { timeout: 60_000 },
  async () => {
    const path = archiveFile()
    const { town, run, moderator, discord } = await openProcesses({
      history: { days: 3, perDay: 30, seed: 5 },
    })
    const actor = { world: discord.world, guild: town.guild, actorId: moderator.userId }
    const bot = run({ DATABASE_URL: `sqlite:${path}` })
    await bot.ready()
    await logged(bot, 'The audit log is read.')
    const before = town.guild.log.since().reverse()

    letFilesGrow(bot, '1024')
    for (const member of town.members.slice(0, 5)) members.kick(actor, member.id)
    await logged(bot, 'The archive could not be written; what comes is held.')
    expect(bot.output.stdout).toContain('"message":"disk I/O error"')
    const full = await moderator.command('audit recent')
    expect(entryIdsOf(full.message)).toEqual(before.slice(0, 10).map(({ id }) => id))
    await moderator.click(full.message, 'Next')
    expect(entryIdsOf(full.message)).toEqual(before.slice(10, 20).map(({ id }) => id))

    letFilesGrow(bot, 'unlimited')
    await logged(bot, 'The archive is written again.')
    const after = await moderator.command('audit recent')
    expect(entryIdsOf(after.message).slice(5)).toEqual(before.slice(0, 5).map(({ id }) => id))
    expect(await bot.stop()).toBe(0)
    await expectWhole(path, town)
  },
)

function letFilesGrow({ pid }: BotProcess, limit: string): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${limit}:`])
}
