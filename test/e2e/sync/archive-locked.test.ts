import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { expectComplete } from '../../support/archive/expect-complete.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, textOf } from '../../support/read.ts'

/** The pause before a failed write is retried, in milliseconds. */
const RETRY = 5000

test('while another program locks the archive, replies come from what is stored, and no new entry is lost', async () => {
  const archivePath = archiveFile()
  const { clock, discord, moderator, town, actor, log, stopBot } = await openCustos({
    days: 3,
    archiveUrl: `sqlite:${archivePath}`,
  })
  await log.waitFor(READ)
  const newest = town.guild.log.since().slice(-20).reverse()
  const other = new DatabaseSync(archivePath)
  // What follows a first read, such as maintenance, may still be writing.
  await vi.waitFor(() => other.exec('BEGIN EXCLUSIVE'), { timeout: 10_000 })

  for (const member of town.members.slice(0, 3)) members.kick(actor(0), member.id)
  await log.waitFor('Writing to the archive failed; events are held in memory and written again.')
  for (const member of town.members.slice(3, 6)) members.kick(actor(1), member.id)
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(newest.slice(0, 10).map(({ id }) => id))
  expect(textOf(message)).toContain('⚠️ Custos could not save what it read')
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toEqual(newest.slice(10).map(({ id }) => id))

  other.close()
  discord.fault = always(AUDIT_LOG, { status: 503 })
  clock.advance(RETRY)
  await log.waitFor('Writing to the archive works again.')
  const after = await moderator.command('audit recent')
  expect(entryIdsOf(after.message).slice(0, 6)).toEqual(
    town.guild.log
      .since()
      .slice(-6)
      .reverse()
      .map(({ id }) => id),
  )
  // Events are stored and listed, but no read has confirmed them yet.
  expect(textOf(after.message)).toContain('Incomplete: nothing is known since 24 Nov, 12:00 UTC')
  discord.fault = undefined
  const confirmed = await moderator.command('audit recent')
  expect(textOf(confirmed.message)).toContain('Complete since 10 Oct 2026')
  await stopBot()
  await expectComplete(archivePath, town)
})
