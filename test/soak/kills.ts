import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as members from '../../sandbox/actions/members.ts'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import type { SoakSetup } from './soak-setup.ts'

const ERASER = fileURLToPath(new URL('../support/archive/archive-eraser.ts', import.meta.url))
const BACKUP = fileURLToPath(new URL('../../src/backup.ts', import.meta.url))

/** The longest time until a process is killed, in milliseconds. Most are killed while they work. */
const LONGEST_RUN = 600

/** A process that erases a member is killed at a random moment. The next process finishes the erasure. */
export async function killErasure(setup: SoakSetup): Promise<undefined> {
  const { database, discord, random, town } = setup
  if (!setup.canRestart) return
  const member = random.pick(town.members).id
  const text = `secret-${discord.world.newId()}`
  members.ban(
    { world: discord.world, guild: town.guild, actorId: town.moderators[0]?.id ?? '' },
    member,
    text,
  )
  await setup.idle()
  await setup.stopBot()
  const upTo = discord.world.newId()
  await killed(ERASER, [database.url, town.guild.id, upTo, member], random.whole(0, LONGEST_RUN))
  if (await isErased(setup, member, upTo)) setup.erased.push(text)
  await setup.startBot()
}

/** Kills a backup at a random moment: it leaves a complete archive or none. */
export async function killBackup({ database, guilds, random }: SoakSetup): Promise<undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-soak-backup-'))
  const copy = join(folder, 'copy.db')
  const environment = { DATABASE_URL: database.url, INIT_CWD: '' }
  try {
    await killed(BACKUP, [copy], random.whole(0, LONGEST_RUN), environment)
    if (!existsSync(copy)) return
    const archive = await openArchive(copy)
    const counts = await Promise.all(guilds.map(({ id }) => archive.countHeld(id)))
    await archive.close()
    if (counts.includes(0)) throw new Error('A backup that was killed has no entries of a guild.')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs a script, and kills it after the given number of milliseconds unless it has ended. */
async function killed(
  script: string,
  parameters: readonly string[],
  after: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [script, ...parameters], { env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await Promise.race([ended, sleep(after)])
  child.kill('SIGKILL')
  await ended
}

/** Whether the archive has recorded that a member is to be erased, up to an id. */
async function isErased({ database }: SoakSetup, member: string, upTo: string): Promise<boolean> {
  const rows = await database.rows(`SELECT 1 FROM erasure WHERE member = ${member} AND up_to = ${upTo}`)
  return rows.length > 0
}
