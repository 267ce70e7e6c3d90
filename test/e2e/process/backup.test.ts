import { spawn } from 'node:child_process'
import { renameSync, statSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { BotProcess } from '../../../sandbox/bot-process.ts'
import { Discord } from '../../../sandbox/discord.ts'
import { simulateHistory } from '../../../sandbox/town/history.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import { allEntries } from '../../support/entries/entries.ts'
import { outputOf } from '../../support/process/output-of.ts'

const TOKEN = 'a-token-that-nobody-may-see'

const USAGE =
  'Name the file to copy the archive to: npm run backup -- FILE\n' +
  'Or a folder and how many backups to keep in it, of which the oldest are deleted: npm run backup -- --keep 14 FOLDER'

/** Runs `npm run backup -- FILE` as its script does, for an archive in a file or, if the path is empty, the default one. */
function backup(path: string, ...files: string[]) {
  return backUpUrl(path === '' ? '' : `sqlite:${path}`, ...files)
}

async function backUpUrl(url: string, ...files: string[]) {
  const { DISCORD_TOKEN: _, ...env } = process.env
  const child = spawn(process.execPath, ['src/backup.ts', ...files], {
    env: { ...env, INIT_CWD: '', DATABASE_URL: url },
  })
  return outputOf(child)
}

/** A bot as a process of its own, on an archive of its own. */
async function running() {
  const discord = await Discord.start()
  const town = createTown(discord, TOKEN)
  simulateHistory(town, { days: 20, perDay: 40, seed: 3 })
  const path = archiveFile()
  const bot = new BotProcess(discord, TOKEN, { environment: { DATABASE_URL: `sqlite:${path}` } })
  onTestFinished(async () => {
    await bot.stop('SIGKILL')
    await discord.stop()
  })
  await bot.ready()
  return { discord, town, path, bot }
}

test('a copy made while the bot writes is complete, and can replace the archive', async () => {
  const { discord, town, path, bot } = await running()
  const actor = { world: discord.world, guild: town.guild, actorId: town.moderators[0]?.id ?? '' }
  const copy = archiveFile()
  let writing = true
  const acts = (async () => {
    for (let index = 0; writing; index++) {
      members.setNickname(actor, town.members[index % 30]?.id ?? '', `name ${index}`)
      await sleep(2)
    }
  })()
  const { code, output } = await backup(path, copy)
  writing = false
  await acts
  expect(code).toBe(0)
  expect(output).toMatch(new RegExp(`^Copied ${path} to ${copy}: [\\d,]+ entries, \\d+\\.\\d MB\\.\\n$`))
  expect(statSync(copy).mode & 0o777).toBe(0o600)

  await sleep(300)
  expect(await bot.stop()).toBe(0)
  const [original, restored] = [await testArchive(path), await testArchive(copy)]
  const copied = await allEntries(restored, town.guild.id)
  expect(copied.length).toBe(Number(/: ([\d,]+) entries/.exec(output)?.[1]?.replaceAll(',', '')))
  expect(copied.length).toBeGreaterThan(0)
  const ids = new Set(copied.map(({ id }) => id))
  const all = await allEntries(original, town.guild.id)
  expect(copied).toEqual(all.filter(({ id }) => ids.has(id)))
  expect(await restored.countHeld(town.guild.id)).toBe(copied.length)
  const { ranges } = await restored.coverage(town.guild.id)
  for (const { start, end } of ranges) {
    const within = ({ id }: { id: string }) => BigInt(id) >= BigInt(start) && BigInt(id) <= BigInt(end)
    expect(copied.filter(within)).toEqual(all.filter(within))
  }
})

test('without a file name, or with an archive in memory, the error says what would work', async () => {
  expect(await Promise.all([backup(archiveFile()), backup(':memory:', archiveFile())])).toEqual([
    { code: 1, output: `${USAGE}\n` },
    { code: 1, output: 'DATABASE_URL is sqlite::memory:, so there is no file to copy.\n' },
  ])
})

const LAST = 'custos-2026-01-04T000000Z.db'

test('with --keep, the newest backups of a folder are kept; one that fails deletes none', async () => {
  const path = archiveFile()
  await (await testArchive(path)).close()
  const folder = join(dirname(path), 'new', 'backups')
  const [first, second] = [await backup(path, '--keep', '2', folder), await readdir(folder)]
  expect(first).toEqual({ code: 0, output: `Copied ${path} to ${folder}/${second[0]}: 0 entries, 0.1 MB.\n` })
  // The next backup can be made in the same second, whose name is taken.
  renameSync(join(folder, second[0] ?? ''), join(folder, LAST))
  for (const day of [1, 2, 3]) writeFileSync(join(folder, `custos-2026-01-0${day}T000000Z.db`), '')
  const broken = await backup(`${path}-not-there`, '--keep', '1', folder)
  expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('There is no archive') })
  expect(await readdir(folder)).toHaveLength(4)
  const { code, output } = await backup(path, '--keep=2', folder)
  expect(code).toBe(0)
  expect(output).toMatch(/ Deleted 3 old backups\.\n$/)
  expect(await readdir(folder)).toContain(LAST)
  expect(await readdir(folder)).toHaveLength(2)
})

test('a folder that cannot be created is an error, even where Node would try forever', async () => {
  const { code, output } = await backup(archiveFile(), '--keep', '1', '/proc/backups')
  expect(code).toBe(1)
  expect(output).toMatch(/^The folder \/proc\/backups cannot be created: /)
})

test('cannot keep none, or a part of one', async () => {
  const path = archiveFile()
  const results = await Promise.all(['0', '1.5'].map((keep) => backup(path, `--keep=${keep}`, dirname(path))))
  expect(results).toEqual(results.map(() => ({ code: 1, output: `${USAGE}\n` })))
})

test('of an archive in PostgreSQL is made with pg_dump, as the error says', async () => {
  const file = archiveFile()
  const { code, output } = await backUpUrl('postgres://custos:hidden@db.example/custos', file)
  expect(code).toBe(1)
  expect(output).toContain(
    `\n  pg_dump --format=custom --file=${file} 'postgresql://custos@db.example:5432/custos?sslmode=prefer'\n`,
  )
  expect(output).not.toContain('hidden')
})
