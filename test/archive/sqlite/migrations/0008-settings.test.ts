import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'

const [ASKED, ERASED, MEMBER_ERASED, EXPIRED, NEW] = ['11', '12', '13', '14', '15']

/** The last id of a millisecond, as retention sets bounds. */
const EXPIRED_UP_TO = (5n << 22n) | 4_194_303n

test('no server in which a member ran a command before is asked for the first time', async () => {
  const path = await archiveBefore('0008-settings', [], async (db) => {
    await sql`INSERT INTO saved_query (guild, asked_at, query) VALUES (11, 5, '{}'), (11, 6, '{}')`.execute(
      db,
    )
    await sql`
      INSERT INTO erasure (guild, member, up_to, stage)
      VALUES (11, -1, 100, 0), (12, -1, 100, 0), (13, 7, ${EXPIRED_UP_TO}, 0), (14, -1, ${EXPIRED_UP_TO}, 0)`.execute(
      db,
    )
  })
  const archive = await testArchive(path)
  const asked = [ASKED, ERASED, MEMBER_ERASED, EXPIRED, NEW].map((guildId) => archive.wasAsked(guildId))
  expect(await Promise.all(asked)).toEqual([true, true, true, false, false])
  expect(await archive.settings(ASKED)).toEqual({ timeZone: undefined })
})
