import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import { LARGEST_SNOWFLAKE, timeOf } from '../../../src/core/snowflake.ts'
import {
  type Alert,
  type Feed,
  MOST_WATCHES,
  type Obstacle,
  type Watch,
} from '../../../src/core/watch/watch.ts'
import { EMBED, embedSize } from '../../../src/view/reply.ts'
import { watchListReply } from '../../../src/view/watch/watch-list.ts'
import { hostileText } from '../../core/arbitrary.ts'
import { ALERT, DIGEST, FEED, watchOf } from '../../support/watches.ts'

const SINCE = 1_795_000_000_000

function shown(
  watches: readonly Watch[],
  { lastPost, names = NO_NAMES }: { lastPost?: number; names?: Names } = {},
) {
  const [embed = {}] = watchListReply({
    type: watches[0]?.definition.type ?? 'feed',
    listed: watches.map((watch) => ({ watch, lastPost })),
    total: watches.length,
    names,
    timeZone: 'Europe/Berlin',
  }).embeds
  return embed
}

test('each says what it posts and where, who set it and when, and when it last posted', () => {
  const watch = watchOf(FEED, { number: 3 })
  const { title, fields, footer } = shown([watch], { lastPost: SINCE })
  expect(title).toBe('1 feed')
  const set = Math.floor(timeOf(watch.setAt) / 1000)
  expect(fields).toEqual([
    {
      name: 'Feed 3',
      value: `<#5> · every entry\n-# Set by <@7> <t:${set}:R> · last post <t:${SINCE / 1000}:R>`,
    },
  ])
  expect(footer?.text).toBe('1 of 20 feeds, alerts and digests')
})

test.each<[Obstacle, string]>([
  [{ type: 'channel' }, 'the channel was deleted'],
  [{ type: 'permissions', permissions: ['SendMessages'] }, 'Custos lacks **Send Messages** there'],
  [
    { type: 'permissions', permissions: ['ViewChannel', 'EmbedLinks'] },
    'Custos lacks **View Channel** and **Embed Links** there',
  ],
  [
    { type: 'permissions', permissions: [] },
    'Custos lacks a permission there: it needs **View Channel**, **Send Messages** and **Embed Links**',
  ],
])('one that is paused by %j says since when and why', (obstacle, why) => {
  const paused = { obstacle, since: SINCE, isTold: true }
  const [field] = shown([watchOf(FEED, { paused })]).fields ?? []
  expect(field?.value.split('\n').at(-1)).toBe(`⚠️ Paused <t:${SINCE / 1000}:R>: ${why}`)
})

test('the list of digests says in which time zone their times are', () => {
  expect(shown([watchOf(DIGEST)]).footer?.text).toContain('Times in Europe/Berlin')
})

test.each(['feed', 'alert', 'digest'] as const)('while there is no %s, it says how to add one', (type) => {
  const list = { type, listed: [], total: 3, names: NO_NAMES, timeZone: 'UTC' }
  const [embed] = watchListReply(list).embeds
  expect(embed?.title).toBe(`No ${type} is set`)
  expect(embed?.description).toContain(`\`/custos ${type} add to:`)
})

test('as many as there can be fit into one message, whatever they are called', () => {
  const id = LARGEST_SNOWFLAKE
  const feed: Feed = {
    type: 'feed',
    filter: {
      executorId: id,
      targetId: id,
      targetType: 'user',
      kinds: { anyOf: [1, 22, 30, 72, 99, 145] },
      channelId: id,
      withoutBots: true,
    },
  }
  const alert: Alert = {
    ...ALERT,
    rule: { type: 'actions', kinds: { anyOf: [22] }, names: '@'.repeat(1000) },
    pingRoleId: id,
    exempt: { userIds: Array.from({ length: 50 }, () => id), roleIds: [] },
  }
  const obstacle: Obstacle = {
    type: 'permissions',
    permissions: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles'],
  }
  fc.assert(
    fc.property(fc.constantFrom(feed, alert), hostileText, (definition, name) => {
      const names = new Names('9', [
        { type: 'user', id, name: name.repeat(9), presence: 'gone' },
        { type: 'channel', id, name: name.repeat(9), presence: 'gone' },
        { type: 'role', id, name: name.repeat(9), presence: 'gone' },
      ])
      const watches = Array.from({ length: MOST_WATCHES }, (_, index) =>
        watchOf(definition, {
          number: 999_000 + index,
          channelId: id,
          setBy: id,
          paused: { obstacle, since: SINCE, isTold: true },
        }),
      )
      const embed = shown(watches, { lastPost: SINCE, names })
      expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
      expect(embed.fields).toHaveLength(MOST_WATCHES)
      for (const { value } of embed.fields ?? []) {
        expect(value.length).toBeLessThanOrEqual(EMBED.fieldValue)
        expect(value).toContain('Paused')
      }
    }),
  )
})
