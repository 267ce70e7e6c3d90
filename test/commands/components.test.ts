import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allChannelsButton } from '../../commands/components/all-channels-button.ts'
import { cancelButton } from '../../commands/components/cancel-button.ts'
import { confirmButton, eraseButton } from '../../commands/components/confirm-button.ts'
import { diffButton } from '../../commands/components/diff-button.ts'
import { entryMenu } from '../../commands/components/entry-menu.ts'
import { goToButton, goToPageButton } from '../../commands/components/go-to-button.ts'
import { historyMenu } from '../../commands/components/history-menu.ts'
import { narrowButton } from '../../commands/components/narrow-button.ts'
import {
  nearbyButton,
  sameExecutorButton,
  sameTargetButton,
} from '../../commands/components/navigation-buttons.ts'
import { pageButton } from '../../commands/components/page-button.ts'
import { postIds } from '../../commands/components/posts/post-ids.ts'
import { throughBotsButton } from '../../commands/components/through-bots-button.ts'
import { windowButton } from '../../commands/components/window-button.ts'
import { components } from '../../commands/index.ts'
import { EVERYONE, findComponent } from '../../src/command/component.ts'
import { LARGEST_SNOWFLAKE } from '../../src/core/snowflake.ts'
import { anySnowflake } from '../core/arbitrary.ts'

const ME = '1564237482688512274'
const ENTRY = '1574743715870670857'

// Sent messages contain these: neither the words nor their order may change.
const CUSTOM_IDS = [
  [
    'the next page',
    pageButton.toCustomId(ME, { number: 7, page: pageAfter(2) }),
    `turn:${ME}:7:2:on:${ENTRY}`,
  ],
  [
    'the page before',
    pageButton.toCustomId(ME, { number: 7, page: pageBefore(1) }),
    `turn:${ME}:7:1:back:${ENTRY}`,
  ],
  ['a page by its index', pageButton.toCustomId(ME, { number: 7, page: { index: 0 } }), `turn:${ME}:7:0`],
  ['a page or a time', goToButton.toCustomId(ME, { number: 7, pages: 103 }), `goto:${ME}:7:103`],
  ['a page', goToPageButton.toCustomId(ME, { number: 7, pages: 3 }), `gopage:${ME}:7:3`],
  ['the last 30 days', windowButton.toCustomId(ME, { number: 7, days: 30 }), `window:${ME}:7:30`],
  ['an entry of a list', entryMenu.toCustomId(ME, 7), `entry:${ME}:7`],
  ['the history of a target', historyMenu.toCustomId(ME, 7), `history:${ME}:7`],
  ['what bots did on behalf of a moderator', throughBotsButton.toCustomId(ME, 7), `through:${ME}:7`],
  ['one group of actions', narrowButton.toCustomId(ME, { number: 7, to: 'bans' }), `narrow:${ME}:7:bans`],
  [
    'a confirmation that an earlier version asked for',
    confirmButton.toCustomId(ME, { number: 7, announced: undefined }),
    `confirm:${ME}:7`,
  ],
  ['a confirmation', confirmButton.toCustomId(ME, { number: 7, announced: 334 }), `confirm:${ME}:7:334`],
  ['a typed confirmation', eraseButton.toCustomId(ME, { number: 7, announced: 334 }), `erase:${ME}:7:334`],
  ['no confirmation', cancelButton.toCustomId(ME, 7), `cancel:${ME}:7`],
  ['the entries around an entry', nearbyButton.toCustomId(ME, ENTRY), `around:${ME}:${ENTRY}`],
  ['more by its executor', sameExecutorButton.toCustomId(ME, ENTRY), `actor:${ME}:${ENTRY}`],
  ['more on its target', sameTargetButton.toCustomId(ME, ENTRY), `target:${ME}:${ENTRY}`],
  ['deletes in all channels', allChannelsButton.toCustomId(ME, 7), `everywhere:${ME}:7`],
  ['before and after', diffButton.toCustomId(ME, ENTRY), `sides:${ME}:${ENTRY}`],
] as const

test.each(CUSTOM_IDS)('the custom id of %s never changes, and is found again', (_, written, customId) => {
  expect(written).toBe(customId)
  expect(findComponent(components, customId)).toMatchObject({ askerId: ME, audience: 'asker' })
})

const POST = { watch: 3, number: 12 }
const LATER = '1574743715870670999'
const WINDOW = { from: ENTRY, to: LATER }

// They are under posts, for every moderator.
const POST_IDS = [
  ['the menu of entries', postIds.entry(POST), 'posted:0:3:12'],
  ['the details of one entry', postIds.entry(POST, ENTRY), `posted:0:3:12:${ENTRY}`],
  ['the entries of a summary', postIds.list(POST, WINDOW), `list:0:3:12:${ENTRY}:${LATER}`],
  [
    'the entries of a moderator',
    postIds.list(POST, { ...WINDOW, key: ME }),
    `list:0:3:12:${ENTRY}:${LATER}:${ME}`,
  ],
  [
    'the entries of a target that is no id',
    postIds.list(POST, { ...WINDOW, key: 'a:b' }),
    `list:0:3:12:${ENTRY}:${LATER}`,
  ],
  [
    'the activity of a period',
    postIds.report(POST, { ...WINDOW, path: 'audit activity' }),
    `report:0:3:12:activity:${ENTRY}:${LATER}`,
  ],
  [
    'the repeats of a period',
    postIds.report(POST, { ...WINDOW, path: 'audit repeats' }),
    `report:0:3:12:repeats:${ENTRY}:${LATER}`,
  ],
  [
    'the deletes of a period',
    postIds.report(POST, { ...WINDOW, path: 'audit deletes' }),
    `report:0:3:12:deletes:${ENTRY}:${LATER}`,
  ],
] as const

test.each(POST_IDS)('under a post, the custom id of %s never changes', (_, written, customId) => {
  expect(written).toBe(customId)
  expect(findComponent(components, customId)).toMatchObject({ askerId: EVERYONE, audience: 'moderators' })
})

test('the custom ids under posts always fit into the 100 characters that Discord allows', () => {
  const post = { watch: Number.MAX_SAFE_INTEGER, number: Number.MAX_SAFE_INTEGER }
  const [from, to, key] = [LARGEST_SNOWFLAKE, LARGEST_SNOWFLAKE, LARGEST_SNOWFLAKE]
  expect(postIds.entry(post, from).length).toBeLessThanOrEqual(100)
  expect(postIds.list(post, { from, to, key })).toHaveLength(100)
  expect(postIds.report(post, { path: 'audit activity', from, to }).length).toBeLessThanOrEqual(100)
})

test('every component has a name of its own', () => {
  expect(new Set(components.map(({ name }) => name)).size).toBe(components.length)
  const customIds = [...CUSTOM_IDS, ...POST_IDS].map(([, , customId]) => customId)
  expect(new Set(customIds.map((customId) => customId.split(':')[0])).size).toBe(components.length)
})

test('every form is one that Discord accepts', () => {
  for (const { form } of components) {
    if (!form) continue
    for (const text of [form.title, form.label]) expect(text.length).toBeLessThanOrEqual(45)
    for (const text of [form.description, form.placeholder ?? ''])
      expect(text.length).toBeLessThanOrEqual(100)
  }
  expect(components.some(({ form }) => form !== undefined)).toBe(true)
})

describe('the custom id of a page button', () => {
  const anyPage = fc.oneof(
    fc.record({ index: fc.maxSafeNat() }),
    fc.record({
      index: fc.maxSafeNat(),
      cursor: fc.record({ id: anySnowflake, direction: fc.constantFrom('next', 'previous') }),
    }),
  )
  const anyPageButton = fc.record({ number: fc.maxSafeNat(), page: anyPage })

  test('differs for different pages', () => {
    fc.assert(
      fc.property(anyPageButton, anyPageButton, (one, other) => {
        const areSame = JSON.stringify(one) === JSON.stringify(other)
        expect(pageButton.toCustomId(ME, one) === pageButton.toCustomId(ME, other)).toBe(areSame)
      }),
    )
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(anySnowflake, anyPageButton, (askerId, params) => {
        const customId = pageButton.toCustomId(askerId, params)
        expect(findComponent(components, customId)?.askerId).toBe(askerId)
        expect(pageButton.decode(customId.split(':').slice(2))).toEqual(params)
      }),
    )
  })

  test('always fits into the 100 characters that Discord allows', () => {
    const largest = '9223372036854775806'
    const page = { index: Number.MAX_SAFE_INTEGER, cursor: { id: largest, direction: 'previous' } } as const
    expect(pageButton.toCustomId(largest, { number: Number.MAX_SAFE_INTEGER, page })).toHaveLength(83)
  })
})

describe('a custom id that Custos did not write finds no component', () => {
  test.each([
    '',
    'vote',
    'entry',
    'entry:me:1',
    'entry:1:first',
    'entry:1:1.5',
    'page:1:2:3',
    'turn:1:2',
    'turn:1:2:-1',
    'turn:1:2:x',
    'turn:1:2:0:up:3',
    'turn:1:2:0:on',
    'turn:1:2:0:on:me',
    'Entry:1:2',
    'window:1:2:0',
    'window:1:2:99999',
    'goto:1:2:0',
    'goto:1:x:3',
    'gopage:1:2',
    'narrow:1:2',
    'narrow:1:2:Bans',
    'around:1:me',
    'sides:1:',
    'posted:0',
    'posted:0:3',
    'posted:0:3:x',
    'posted:0:3:12:me',
    'list:0:3:12',
    'list:0:3:12:1',
    'list:0:3:12:1:x',
    'list:0:3:12:1:2:me',
    'report:0:3:12:status:1:2',
    'report:0:3:12:activity:1',
  ])('%j', (customId) => {
    expect(findComponent(components, customId)).toBeUndefined()
  })
})

function pageAfter(index: number) {
  return { index, cursor: { id: ENTRY, direction: 'next' } } as const
}

function pageBefore(index: number) {
  return { index, cursor: { id: ENTRY, direction: 'previous' } } as const
}
