import { expect, test } from 'vitest'
import type { ErasureResult } from '../../src/core/erasure.ts'
import { forgottenReply, waitingSentence } from '../../src/view/forget.ts'

const gone = { removed: 1200, scrubbed: 3 }
const MINUTE = 60_000

const said = (erased: ErasureResult, memberId?: string) =>
  forgottenReply(erased, memberId).embeds[0]?.description

test.each<[ErasureResult, memberId: string | undefined, says: RegExp]>([
  [{ type: 'gone', gone }, undefined, /^Erased: 1,200 entries, and all that went with them/],
  [
    { type: 'gone', gone },
    '7',
    /^Erased: the names of <@7>, and the reasons and nicknames in 3 entries that had any\.$/,
  ],
  [{ type: 'hidden', gone, nextTry: 10 * MINUTE }, undefined, /1,200 entries\. .* tried in about 10 minutes/],
  [{ type: 'hidden', gone, nextTry: 'at the next start' }, '7', /<@7>.* tried when Custos is started again/],
  [{ type: 'begun', nextTry: 10 * MINUTE }, '7', /can still be shown.* tried in about 10 minutes/],
])('%j is told for what it is', (erased, memberId, says) => {
  expect(said(erased, memberId)).toMatch(says)
})

test('only what is gone is called erased', () => {
  expect(said({ type: 'hidden', gone, nextTry: MINUTE })).not.toMatch(/^Erased/)
  expect(said({ type: 'begun', nextTry: MINUTE })).not.toMatch(/^Erased/)
})

test.each([
  [0, 'once an erasure before this one is done'],
  [200, 'in about 1 second'],
  [47_300, 'in about 48 seconds'],
  [100_000, 'in about 2 minutes'],
])('who waits for %d ms is told %s', (left, says) => {
  expect(waitingSentence(left)).toContain(says)
})
