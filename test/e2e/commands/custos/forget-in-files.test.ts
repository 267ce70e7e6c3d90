import { describe, expect, test } from 'vitest'
import { buttonsOf } from '../../../../sandbox/member-client/components.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { forget } from '../../../support/archive/forget.ts'
import { freshGuild, testArchive } from '../../../support/archive/shared-archive.ts'
import {
  asKilled,
  filesContaining,
  fillWithSecrets,
  openElsewhere,
  SECRET,
} from '../../../support/archive/traces.ts'
import { openCustos } from '../../../support/open-custos.ts'
import { confirmLabel, openWithEntries } from '../../../support/open-with-entries.ts'
import { fieldOf, textOf } from '../../../support/read.ts'

const VACUUMED = 'The archive’s files no longer contain anything that was erased.'
const MINUTE = 60_000

describe('/custos forget, in the files of an archive,', () => {
  test('is finished at the next start if Custos is killed before it is done', async () => {
    const path = archiveFile()
    const killed = await testArchive(path)
    const guildId = freshGuild()
    await fillWithSecrets(killed, guildId, 200)
    await forget(killed, guildId, '100000')
    const archivePath = asKilled(path)
    const { log } = await openCustos({ archiveUrl: `sqlite:${archivePath}` })
    await log.waitFor(VACUUMED)
    expect(filesContaining(archivePath, SECRET)).toEqual([])
  })

  test('reports that the file is not rewritten yet, and so does status until it is', async () => {
    const path = archiveFile()
    const here = await openWithEntries({ archiveUrl: `sqlite:${path}` })
    const { moderator, clock, log, victim } = here
    const { message } = await moderator.command('custos forget', { member: victim })
    const stop = openElsewhere(path, 'reads')
    const retried = clock.slept(MINUTE)
    const reply = await moderator.click(message, confirmLabel(message))
    await reply.until(() => textOf(message).includes('Not removed from the disk'))
    expect(textOf(message)).toMatch(
      /The data is no longer shown .* tries again in about 1 minute, and `\/audit status` shows this/,
    )
    expect(buttonsOf(message)).toEqual([])
    const status = async () => (await moderator.command('audit status')).message
    expect(fieldOf(await status(), 'Erasing')).toMatch(/^Not finished/)
    expect(textOf((await moderator.command('audit recent')).message)).not.toContain('Rude to everybody')
    await retried
    stop()
    clock.advance(MINUTE)
    await log.waitFor(VACUUMED)
    expect(textOf(await status())).not.toContain('Erasing')
  })
})
