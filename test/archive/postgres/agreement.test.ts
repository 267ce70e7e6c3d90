import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Post } from '../../../src/core/watch/post.ts'
import { anyQuestion } from '../../support/archive/any-question.ts'
import { emptyAddress, GUILD, moveTo, openAt, sqliteAddress } from '../../support/archive/moving.ts'
import { queriesWritten } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { anyNames, anyOddLog, anyText } from '../../support/entries/odd-log.ts'

const OTHER_GUILD = '701'
const POST: Post = {
  watch: 1,
  number: 1,
  after: 0,
  to: 9,
  content: { type: 'entries', ids: ['9007199254740993'] },
  delivery: { type: 'planned' },
}
const FEED = { channelId: '201', definition: { type: 'feed', filter: {} } } as const

test('an archive that is moved from SQLite gives the same answers to any questions', async () => {
  const anyArchive = fc.record({ log: anyOddLog, names: anyNames, search: anyText })
  await fc.assert(
    fc.asyncProperty(anyArchive, async ({ log, names, search }) => {
      const [from, to] = [sqliteAddress(), await emptyAddress()]
      const source = await openAt(from)
      for (const guildId of [GUILD, OTHER_GUILD]) {
        // Everything arrives for it.
        await source.addWatch(guildId, { id: '0', by: '101' }, FEED)
        await source.record([{ guildId, from: 'rest', entries: entriesOf(guildId, log), names, readAt: 1 }])
      }
      const number = source.saveQuery({
        command: 'recent',
        guildId: GUILD,
        askerId: '101',
        askedAt: 5,
        timeZone: 'UTC',
        filter: { reason: search },
        order: 'newest',
      })
      await source.saveProgress(GUILD, 1, { position: 9, posts: [POST] })
      await queriesWritten(source)
      await source.close()
      expect(await moveTo(from, to)).toMatchObject({ type: 'same' })
      const [sqlite, postgres] = [await openAt(from), await openAt(to)]
      await fc.assert(
        fc.asyncProperty(anyQuestion(GUILD, number), async ({ name, ask }) => {
          expect(await ask(postgres), name).toEqual(await ask(sqlite))
        }),
        { numRuns: 400 },
      )
      await sqlite.close()
      await postgres.close()
    }),
    // A smaller archive would have to be moved for each step, and the question is small already.
    { numRuns: 2, endOnFailure: true },
  )
})
