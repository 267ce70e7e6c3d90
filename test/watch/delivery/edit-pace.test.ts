import { expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import { EditPace } from '../../../src/watch/delivery/edit-pace.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const NOW = Date.UTC(2026, 10, 24, 12)

/** A summary of what has lasted for so long, in milliseconds. */
function summary(age: number, isOpen = true, messageAge = 0): Post {
  const from = firstIdAt(NOW - age)
  return {
    watch: 1,
    number: 1,
    after: 0,
    to: 20,
    content: { type: 'summary', reason: 'flood', from, to: from, lastAt: NOW, isOpen },
    delivery: { type: 'sent', messageId: firstIdAt(NOW - messageAge), isChanged: true },
  }
}

/** How long a post waits that was edited just now. */
function waitAfterEdit(post: Post, failures = 0): number {
  const pace = new EditPace()
  pace.done(post, 0)
  for (let failure = 0; failure < failures; failure++) pace.failed(post, 0)
  return pace.waitFor(post, 0, NOW)
}

test('a post is edited at once the first time, and then every three seconds, slower the longer it goes on', () => {
  expect(new EditPace().waitFor(summary(0), 0, NOW)).toBeLessThanOrEqual(0)
  const ages = [0, MINUTE, 5 * MINUTE, 60 * MINUTE]
  expect(ages.map((age) => waitAfterEdit(summary(age)) / SECOND)).toEqual([3, 3, 15, 30])
})

test('a message that is older than an hour is edited every five minutes, because Discord limits that', () => {
  expect(waitAfterEdit(summary(61 * MINUTE, true, 61 * MINUTE))).toBe(5 * MINUTE)
})

test('the last edit does not wait', () => {
  expect(waitAfterEdit(summary(MINUTE, false))).toBe(0)
})

test('an edit that fails is tried again later and later, also the last', () => {
  const waits = [1, 2, 3, 20].map((failures) => waitAfterEdit(summary(0, false), failures) / SECOND)
  expect(waits).toEqual([3, 6, 12, 300])
})
