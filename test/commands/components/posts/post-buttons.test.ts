import { expect, test } from 'vitest'
import { postIds } from '../../../../commands/components/posts/post-ids.ts'
import { components } from '../../../../commands/index.ts'
import { findComponent } from '../../../../src/command/component.ts'
import { PUNISHMENTS } from '../../../../src/core/audit-log/punishments.ts'
import type { SavedQuery } from '../../../../src/core/query/saved-query.ts'
import { firstIdAt, idAfter } from '../../../../src/core/snowflake.ts'
import { DAY } from '../../../../src/core/time/units.ts'
import type { WatchDefinition } from '../../../../src/core/watch/watch.ts'
import { freshGuild, sharedArchive } from '../../../support/archive/shared-archive.ts'
import { componentRequest } from '../../../support/component-request.ts'
import { ALERT, DIGEST, FEED } from '../../../support/watches.ts'

const archive = await sharedArchive()

const NOW = Date.UTC(2026, 10, 24, 12)
const FROM = firstIdAt(Date.UTC(2026, 10, 16))
const TO = firstIdAt(Date.UTC(2026, 10, 23))
const SHOWN = { from: FROM, to: TO }
const WHOLE = { from: FROM, to: idAfter(TO) }

/** What a button under a post of a watch answers with. */
async function pressed(
  definition: WatchDefinition,
  customId: (post: { watch: number; number: number }) => string,
  { isRemoved = false } = {},
) {
  const guildId = freshGuild()
  const change = { id: firstIdAt(NOW), by: '7' }
  const watch = await archive.addWatch(guildId, change, { channelId: '5', definition })
  const number = watch?.number ?? 0
  if (isRemoved) await archive.removeWatch(guildId, { ...change, id: idAfter(change.id) }, number)
  const query = { guildId, askerId: '7' }
  const found = findComponent(components, customId({ watch: number, number: 1 }))
  return found?.handle(componentRequest({ archive, query, now: NOW }))
}

test.each<[WatchDefinition, key: string | null, path: string, filter: SavedQuery['filter']]>([
  [FEED, null, 'audit recent', {}],
  [
    { ...FEED, filter: { executorId: '1', withoutBots: true } },
    null,
    'audit recent',
    { executorId: '1', withoutBots: true },
  ],
  [ALERT, '3', 'audit user', { kinds: { anyOf: [22] }, executorId: '3' }],
  [{ ...ALERT, per: 'target' }, '3', 'audit recent', { kinds: { anyOf: [22] }, targetId: '3' }],
  [{ ...ALERT, per: 'target' }, 'discord.gg/abc', 'audit recent', { kinds: { anyOf: [22] } }],
  [{ ...ALERT, per: 'server' }, null, 'audit recent', { kinds: { anyOf: [22] } }],
])(
  'the list under a post of %j for %j is /%s with its filter, first and last entry included',
  async (definition, key, path, filter) => {
    expect(await pressed(definition, (post) => postIds.list(post, { ...SHOWN, key }))).toEqual({
      path,
      draft: { filter: { ...filter, ...WHOLE }, order: 'newest', public: false },
    })
  },
)

test('the list under a post of what was removed shows everything of that time', async () => {
  const list = (post: { watch: number; number: number }) => postIds.list(post, { ...SHOWN, key: '3' })
  expect(await pressed(ALERT, list, { isRemoved: true })).toEqual({
    path: 'audit recent',
    draft: { filter: WHOLE, order: 'newest', public: false },
  })
})

test('the activity of a digest is that of its period, compared with the one before, and of its role', async () => {
  const report = { ...SHOWN, path: 'audit activity' } as const
  expect(await pressed({ ...DIGEST, roleId: '4' }, (post) => postIds.report(post, report))).toMatchObject({
    path: 'audit activity',
    draft: { filter: SHOWN, roleId: '4', syncBackTo: firstIdAt(Date.UTC(2026, 10, 16) - 7 * DAY) },
  })
})

test.each([
  ['audit repeats', { kinds: PUNISHMENTS, ...SHOWN }],
  ['audit deletes', { kinds: { anyOf: [72, 73] }, ...SHOWN }],
] as const)('the %s of a digest are those of its period', async (path, filter) => {
  expect(await pressed(DIGEST, (post) => postIds.report(post, { ...SHOWN, path }))).toMatchObject({
    path,
    draft: { filter },
  })
})
