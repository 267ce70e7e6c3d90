import { expect, test } from 'vitest'
import { Names } from '../../../src/core/names/names.ts'
import type { Alert, WatchDefinition } from '../../../src/core/watch/watch.ts'
import { plainFormatter } from '../../../src/view/text/formatter.ts'
import { countWatches, describeWatch } from '../../../src/view/watch/describe-watch.ts'
import { ALERT, DIGEST, FEED, watchOf } from '../../support/watches.ts'

const names = new Names('9', [
  { type: 'user', id: '7', name: 'ann', presence: 'gone' },
  { type: 'channel', id: '6', name: 'general', presence: 'present' },
])

test.each<[WatchDefinition, string]>([
  [FEED, 'every entry'],
  [
    {
      type: 'feed',
      filter: { executorId: '7', kinds: { anyOf: [22] }, channelId: '6', withoutBots: true },
    },
    'by <@7> (ann) · Member Ban Add · in <#6> · without bots',
  ],
  [ALERT, 'Member Ban Add · 5 within 10 minutes by one moderator'],
  [{ ...ALERT, count: 1, pingRoleId: '4' }, 'Member Ban Add · pings <@&4>'],
  [
    {
      ...ALERT,
      rule: { type: 'preset', preset: 'mass deletes' },
      per: 'server',
      exempt: { userIds: ['1'], roleIds: ['2'] },
    },
    'Mass deletes · 5 within 10 minutes in the whole server · 2 members or roles exempt',
  ],
  [
    { ...ALERT, rule: { type: 'preset', preset: 'log unreadable' }, count: 1 },
    'Custos can no longer read the log',
  ],
  [DIGEST, 'every Monday at 09:00'],
  [
    { type: 'digest', every: 'month', at: 23 * 60 + 5, roleId: '4' },
    'on the first of every month at 23:05 · members of <@&4>',
  ],
])('%j is described as “%s”', (definition, described) => {
  expect(describeWatch(definition, names)).toBe(described)
})

test('in plain text, members and channels have their names', () => {
  const feed = { type: 'feed', filter: { executorId: '7', channelId: '6' } } as const
  expect(describeWatch(feed, names, plainFormatter(names, 'UTC'))).toBe('by @ann · in #general')
})

test('what was typed as the actions of an alert cannot mention, format or link', () => {
  const typed = '@everyone **x** <@&4> [a](https://example.com)'
  const alert: Alert = { ...ALERT, rule: { type: 'actions', kinds: { anyOf: [22] }, names: typed } }
  expect(describeWatch(alert, names)).not.toMatch(/(?<!\\)[@*<[]/)
})

test('they are counted by type, in one order', () => {
  const watches = [watchOf(DIGEST), watchOf(FEED), watchOf(ALERT), watchOf(FEED)]
  expect(countWatches(watches)).toBe('2 feeds, 1 alert, 1 digest')
  expect(countWatches([])).toBe('')
})
