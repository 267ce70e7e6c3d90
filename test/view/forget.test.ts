import { expect, test } from 'vitest'
import type { ErasureResult } from '../../src/core/erasure.ts'
import { MINUTE } from '../../src/core/time/units.ts'
import type { Watch } from '../../src/core/watch/watch.ts'
import { confirmReply, forgottenReply, waitingSentence } from '../../src/view/forget.ts'
import { DIGEST, FEED, watchOf } from '../support/watches.ts'

const replyTo = (erased: ErasureResult, memberId?: string, announced?: number) =>
  forgottenReply(erased, { memberId, announced }).embeds[0]?.description

test.each<[ErasureResult, memberId: string | undefined, sentence: RegExp]>([
  [{ type: 'gone', entries: 1200 }, undefined, /^Erased: 1,200 entries, and everything stored with them/],
  [
    { type: 'gone', entries: 3 },
    '7',
    /^Erased: the name of <@7>, and the reasons and nicknames in 3 entries\.$/,
  ],
  [
    { type: 'hidden', entries: 1200, nextTry: 10 * MINUTE },
    undefined,
    /1,200 entries\. .* tries again in about 10 minutes/,
  ],
  [
    { type: 'hidden', entries: 3, nextTry: 'at the next start' },
    '7',
    /<@7>.* tries again when it is started again/,
  ],
  [{ type: 'begun', nextTry: 10 * MINUTE }, '7', /can still be shown.* tries again in about 10 minutes/],
])('an erasure that is %j is reported as such', (erased, memberId, sentence) => {
  expect(replyTo(erased, memberId)).toMatch(sentence)
})

test.each([
  [1200, undefined, 'Erased: 1,200 entries, and'],
  [undefined, undefined, 'Erased: 1,200 entries, and'],
  [1198, undefined, 'Erased: 1,200 entries (2 more than announced, which came in between), and'],
  [1300, undefined, 'Erased: 1,200 entries (100 fewer than announced, which were deleted in between), and'],
  [3, '7', 'Erased: the name of <@7>, and the reasons and nicknames in 3 entries.'],
  [2, '7', 'nicknames in 3 entries (1 more than announced, which came in between).'],
])('a number that differs from the announced %j is explained', (announced, memberId, sentence) => {
  expect(
    replyTo({ type: 'gone', entries: memberId === undefined ? 1200 : 3 }, memberId, announced),
  ).toContain(sentence)
})

test.each([
  [334, 72, 'in **72 entries**', 'All 334 entries by, for or about them stay'],
  [1, 1, 'in **1 entry**', 'The entry by, for or about them stays'],
])('of %i entries about a member, it announces the %i that have texts', (entries, withTexts, ...texts) => {
  const plan = { type: 'member', memberId: '7', name: 'Otto', entries, withTexts } as const
  const { embeds } = confirmReply(plan, { confirmId: 'a', cancelId: 'b' })
  for (const text of texts) expect(embeds[0]?.description).toContain(text)
})

test('before everything is erased, it says which feeds, alerts and digests are removed', () => {
  const questionFor = (watches: readonly Watch[]) =>
    confirmReply({ type: 'server', entries: 2, watches }, { confirmId: 'a', cancelId: 'b' }).embeds[0]
      ?.description
  expect(questionFor([watchOf(FEED), watchOf(DIGEST)])).toContain(
    'It also removes what Custos posts by itself: **1 feed, 1 digest**. What was posted stays.',
  )
  expect(questionFor([])).not.toContain('by itself')
})

test('only data that is gone from the disk is called erased', () => {
  expect(replyTo({ type: 'hidden', entries: 3, nextTry: MINUTE })).not.toMatch(/^Erased/)
  expect(replyTo({ type: 'begun', nextTry: MINUTE })).not.toMatch(/^Erased/)
})

test.each([
  [0, 'after an earlier erasure is done'],
  [200, 'in about 1 second'],
  [47_300, 'in about 48 seconds'],
  [100_000, 'in about 2 minutes'],
])('a wait of %d ms reads “%s”', (left, when) => {
  expect(waitingSentence(left)).toContain(when)
})
