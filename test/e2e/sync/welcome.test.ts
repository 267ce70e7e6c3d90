import { expect, test } from 'vitest'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { openCustos } from '../../support/open-custos.ts'
import { textOf } from '../../support/read.ts'

const FIRST = 'Custos has this server’s audit log back to'

test('the first answer in a guild says how far back the archive goes, and no other does', async () => {
  const { moderator, other } = await openCustos({ days: 60 })
  const first = await moderator.command('audit recent')
  expect(textOf(first.message).split('\n')[1]).toBe(
    `${FIRST} 10 Oct 2026, as far as Discord keeps it. It stores every new entry.`,
  )
  for (const each of [moderator, other]) {
    expect(textOf((await each.command('audit recent')).message)).not.toContain(FIRST)
  }
})

test('a command that is rejected is not the first answer, and a restart does not make a second', async () => {
  const { moderator, restart } = await openCustos({ archiveUrl: await archiveUrl() })
  await moderator.command('audit recent', { since: 'whenever' })
  expect(textOf((await moderator.command('audit status')).message)).toContain(FIRST)
  await restart()
  expect(textOf((await moderator.command('audit status')).message)).not.toContain(FIRST)
})
