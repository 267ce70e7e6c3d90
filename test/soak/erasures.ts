import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import * as members from '../../sandbox/actions/members.ts'
import { buttonsOf } from '../../sandbox/member-client/components.ts'
import { textOf } from '../support/read.ts'
import type { SoakSetup } from './soak-setup.ts'

/** A moderator erases a member who has entries, and the bot is stopped during the erasure. */
export async function interruptErasure(setup: SoakSetup): Promise<undefined> {
  const { discord, random, town } = setup
  const { guild, bot } = town
  if (!setup.isConnected || discord.gateway.down || !guild.available || !guild.members.has(bot.id)) return
  const actorId = town.moderators[0]?.id ?? ''
  const member = random.pick(town.members).id
  const text = `secret-${discord.world.newId()}`
  members.ban({ world: discord.world, guild, actorId }, member, text)
  const moderator = town.as(actorId)
  const { message } = await moderator.command('custos forget', { member })
  const [button] = buttonsOf(message)
  // If the bot has stored nothing about the member, there is nothing to erase.
  if (!button) return
  const pressed = moderator.sendClick(message, button.label)
  await pressed.until(() => /^(Erasing…|Erased:|\*\*Not)/.test(textOf(message)))
  setup.erased.push(text)
  await setup.stopBot()
  await sleep(40)
  await setup.startBot()
}

/** How many erasures are not finished. */
export function unfinishedErasures({ archivePath }: SoakSetup): number {
  const archive = new DatabaseSync(archivePath, { readOnly: true })
  const { unfinished } = archive
    .prepare('SELECT count(*) AS unfinished FROM erasure WHERE stage IN (1, 2, 3)')
    .get() ?? { unfinished: 0 }
  archive.close()
  return Number(unfinished)
}

/**
 * Erased texts that are still in a file of the archive. Another process reads the files, because a process that closes a
 * file loses all its locks on it, and the bot runs in this one.
 * https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function erasedInFiles({ folder, erased }: SoakSetup): string[] {
  const paths = readdirSync(folder).map((name) => join(folder, name))
  const content = execFileSync('cat', paths, { maxBuffer: 2 ** 30 })
  return erased.filter((text) => content.includes(text))
}
