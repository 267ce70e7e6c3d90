import { describe, expect, test } from 'vitest'
import { narrowButton, narrowButtons } from '../../../commands/components/narrow-button.ts'
import { kindsNamed } from '../../../src/core/audit-log/action-names.ts'
import { PUNISHMENTS } from '../../../src/core/audit-log/punishments.ts'
import type { Kinds } from '../../../src/core/query/filter.ts'
import type { SavedQuery } from '../../../src/core/query/saved-query.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { componentRequest } from '../../support/component-request.ts'

const archive = await sharedArchive()

const EVERYTHING: SavedQuery = {
  command: 'audit target',
  guildId: freshGuild(),
  askerId: '7',
  askedAt: 1000,
  timeZone: 'Asia/Tokyo',
  filter: {
    executorId: '1',
    targetId: '2',
    targetType: 'user',
    channelId: '3',
    from: '10',
    to: '20',
    reason: 'spam',
    kinds: kindsNamed('Deletes'),
  },
  order: 'oldest',
  limit: 25,
  asOf: '15',
  knownTo: '16',
  countsAsOf: 900,
  letIn: true,
}

async function draftAfter(to: 'bans' | 'timeouts' | 'deletes' | 'all') {
  const number = archive.saveQuery(EVERYTHING)
  const handle = narrowButton.parse([String(number), to])
  return handle?.(componentRequest({ archive, query: EVERYTHING, now: 5000 }))
}

function buttonsFor(kinds: Kinds | undefined, total = 5): string[] {
  const filter = kinds === undefined ? {} : { kinds }
  return narrowButtons({ query: { ...EVERYTHING, filter }, number: 1 }, total).map(({ label = '' }) => label)
}

describe('narrowing a list', () => {
  const { kinds: _, ...filter } = EVERYTHING.filter

  test.each([
    ['bans', 'Bans & kicks'],
    ['timeouts', 'Timeouts'],
    ['deletes', 'Deletes'],
  ] as const)('to %s keeps every other option', async (to, group) => {
    expect(await draftAfter(to)).toEqual({
      path: 'audit target',
      draft: { filter: { ...filter, kinds: kindsNamed(group) }, order: 'oldest', limit: 25, public: false },
    })
  })

  test('to all leaves out the actions, and nothing else', async () => {
    expect(await draftAfter('all')).toEqual({
      path: 'audit target',
      draft: { filter, order: 'oldest', limit: 25, public: false },
    })
  })
})

describe('the buttons that narrow a list', () => {
  test.each([
    ['without an action', undefined, ['Bans & kicks', 'Timeouts', 'Deletes']],
    ['for a group', kindsNamed('Timeouts'), ['Bans & kicks', 'Deletes', 'All']],
    ['for punishments', PUNISHMENTS, ['Bans & kicks', 'Timeouts', 'Deletes', 'All']],
    ['for another action', kindsNamed('Member Kick'), []],
    ['for another group', kindsNamed('Roles'), []],
  ])('%s: the one in force is left out', (_, kinds, labels) => {
    expect(buttonsFor(kinds)).toEqual(labels)
  })

  test('are absent from a list that has nothing to narrow, but lead out of an empty group', () => {
    expect(buttonsFor(undefined, 0)).toEqual([])
    expect(buttonsFor(kindsNamed('Deletes'), 0)).toEqual(['Bans & kicks', 'Timeouts', 'All'])
  })
})
