import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstIdAt, type Snowflake, timeOf } from '../../../../src/core/snowflake.ts'
import type { Arrival } from '../../../../src/core/watch/arrival.ts'
import {
  FLOOD,
  isOpenSummary,
  MOST_SHOWN,
  type OpenSummary,
  planFeed,
  QUIET,
} from '../../../../src/core/watch/feeds/plan-feed.ts'
import { LATE, type Post } from '../../../../src/core/watch/post.ts'
import { entryOf } from '../../../support/entries/entries.ts'

const GUILD = '1564226946835574795'
const NOW = Date.UTC(2026, 10, 24, 12)
const SECOND = 1000
const MINUTE = 60 * SECOND

/** Arrivals of entries that were made so long before now, in milliseconds, with the numbers after one. */
function arrivalsOf(ages: readonly number[], after = 0, now = NOW): Arrival[] {
  return ages.map((age, index) => {
    const id = String(BigInt(firstIdAt(now - age)) + BigInt(after + index))
    return { number: after + index + 1, entry: entryOf(GUILD, { id, action_type: 20 }), at: now }
  })
}

const idsOf = (arrivals: readonly Arrival[]) => arrivals.map(({ entry }) => entry.id)

/** A feed in a quiet channel. */
const QUIET_FEED = {
  watch: 1,
  position: 0,
  arrivals: [],
  grown: [],
  open: undefined,
  sentAt: [],
  nextPost: 1,
  now: NOW,
}

function contentOf({ posts }: { readonly posts: readonly Post[] }) {
  return posts.map(({ content }) => content)
}

/** An open summary that was sent. */
function openSummary(reason: 'flood' | 'away', lastAt: number, sentAt = NOW - MINUTE): OpenSummary {
  const content = { type: 'summary', reason, from: '5', to: '9', lastAt, isOpen: true } as const
  return { watch: 1, number: 7, after: 0, to: 20, content, delivery: sent(firstIdAt(sentAt)) }
}

/** The delivery of an open summary that is edited. */
const EDITED = sent(firstIdAt(NOW - MINUTE), true)

function sent(messageId: Snowflake, isChanged = false) {
  return { type: 'sent', messageId, isChanged } as const
}

describe('what comes in a moment', () => {
  test('is one post with up to ten entries', () => {
    const arrivals = arrivalsOf(Array(10).fill(0))
    const { posts, again } = planFeed({ ...QUIET_FEED, arrivals })
    expect(posts).toEqual([
      {
        watch: 1,
        number: 1,
        after: 0,
        to: 10,
        content: { type: 'entries', ids: idsOf(arrivals) },
        delivery: { type: 'planned' },
      },
    ])
    expect(again).toBeUndefined()
  })

  test('is an open summary if it is more, which ends after a quiet minute', () => {
    const arrivals = arrivalsOf(Array(11).fill(0))
    const plan = planFeed({ ...QUIET_FEED, arrivals })
    const [from, to] = [idsOf(arrivals)[0], idsOf(arrivals).at(-1)]
    expect(contentOf(plan)).toEqual([
      { type: 'summary', reason: 'flood', from, to, lastAt: NOW, isOpen: true },
    ])
    expect(plan.again).toBe(QUIET)
  })

  test('is summed up after five posts within 30 seconds, however few it is', () => {
    const arrivals = arrivalsOf([0])
    const of = (sentAt: number[]) => contentOf(planFeed({ ...QUIET_FEED, arrivals, sentAt }))[0]?.type
    expect(of(Array(FLOOD.posts).fill(NOW - 29 * SECOND))).toBe('summary')
    expect(of(Array(FLOOD.posts - 1).fill(NOW))).toBe('entries')
    expect(of([NOW - 30 * SECOND, ...Array(FLOOD.posts - 1).fill(NOW)])).toBe('entries')
  })
})

describe('a flood', () => {
  const flood = openSummary('flood', NOW - 59 * SECOND)

  test('takes what comes within a minute, and is edited', () => {
    const arrivals = arrivalsOf([0, 0], 20)
    const { posts } = planFeed({ ...QUIET_FEED, open: flood, position: 20, arrivals, nextPost: 8 })
    const to = idsOf(arrivals).at(-1)
    const content = { ...flood.content, to, lastAt: NOW }
    expect(posts).toEqual([{ ...flood, to: 22, content, delivery: EDITED }])
  })

  test('stays as it is while nothing comes, until the minute is over', () => {
    expect(planFeed({ ...QUIET_FEED, open: flood })).toEqual({ posts: [], again: SECOND })
  })

  test('ends after a quiet minute', () => {
    const open = openSummary('flood', NOW - QUIET)
    const content = { ...open.content, isOpen: false }
    expect(planFeed({ ...QUIET_FEED, open })).toEqual({
      posts: [{ ...open, content, delivery: EDITED }],
    })
  })

  test('goes on in another post before its message is an hour old', () => {
    const open = openSummary('flood', NOW, NOW - 50 * MINUTE)
    const arrivals = arrivalsOf(Array(11).fill(0), 20)
    const plan = planFeed({ ...QUIET_FEED, open, position: 20, arrivals, nextPost: 8 })
    expect(plan.posts).toMatchObject([
      { number: 7, to: 20, content: { isOpen: false, goesOn: true }, delivery: { isChanged: true } },
      { number: 8, after: 20, to: 31, content: { type: 'summary', isOpen: true } },
    ])
    expect(planFeed({ ...QUIET_FEED, open }).posts).toEqual([])
  })

  test('whose message was deleted takes nothing more, and is not edited', () => {
    const open: OpenSummary = { ...openSummary('flood', NOW), delivery: { type: 'dropped' } }
    const arrivals = arrivalsOf([0], 20)
    const plan = planFeed({ ...QUIET_FEED, open, position: 20, arrivals, nextPost: 8 })
    expect(plan.posts).toMatchObject([
      { number: 7, content: { isOpen: false }, delivery: { type: 'dropped' } },
      { number: 8, content: { type: 'entries', ids: idsOf(arrivals) } },
    ])
  })

  test('that has ended takes nothing more: it is posted as it is', () => {
    const open = openSummary('flood', NOW - QUIET)
    const arrivals = arrivalsOf([0], 20)
    const plan = planFeed({ ...QUIET_FEED, open, position: 20, arrivals, nextPost: 8 })
    expect(contentOf(plan)).toEqual([
      { ...open.content, isOpen: false },
      { type: 'entries', ids: idsOf(arrivals) },
    ])
  })
})

describe('what comes late', () => {
  test('does not make a flood look like an absence if it is a single entry', () => {
    const arrivals = arrivalsOf([...Array(30).fill(0), LATE + MINUTE])
    const plan = planFeed({ ...QUIET_FEED, arrivals })
    expect(contentOf(plan)).toMatchObject([{ type: 'summary', reason: 'flood', isOpen: true }])
  })

  const old = LATE + SECOND

  test('is posted as it is if it is little, apart from what is new', () => {
    const arrivals = arrivalsOf([old, 0, old, 0])
    const plan = planFeed({ ...QUIET_FEED, arrivals })
    const ids = idsOf(arrivals)
    expect(contentOf(plan)).toEqual([
      { type: 'entries', ids: ids.slice(0, 3) },
      { type: 'entries', ids: ids.slice(3) },
    ])
  })

  test('is one summary if it is much, to which more can be added while nothing new comes', () => {
    const plan = planFeed({ ...QUIET_FEED, arrivals: arrivalsOf(Array(200).fill(old)) })
    expect(contentOf(plan)).toMatchObject([{ type: 'summary', reason: 'away', isOpen: true }])
    const [open] = plan.posts.filter(isOpenSummary)
    const more = arrivalsOf(Array(300).fill(old), 200)
    const next = planFeed({ ...QUIET_FEED, open, position: 200, arrivals: more, nextPost: 2 })
    expect(next.posts).toMatchObject([{ number: 1, after: 0, to: 500, content: { isOpen: true } }])
  })

  test('leaves what is new to a post of its own', () => {
    const open = openSummary('away', NOW)
    const arrivals = arrivalsOf([old, 0], 20)
    const plan = planFeed({ ...QUIET_FEED, open, position: 20, arrivals, nextPost: 8 })
    expect(plan.posts).toMatchObject([
      { number: 7, to: 21, content: { type: 'summary', isOpen: false } },
      { number: 8, after: 21, to: 22, content: { type: 'entries', ids: idsOf(arrivals).slice(1) } },
    ])
  })
})

describe('a count that grows', () => {
  const post: Post = {
    watch: 1,
    number: 3,
    after: 0,
    to: 1,
    content: { type: 'entries', ids: ['5'] },
    delivery: sent('1'),
  }

  test('is edited into its post', () => {
    expect(planFeed({ ...QUIET_FEED, grown: [post] }).posts).toEqual([{ ...post, delivery: sent('1', true) }])
  })

  test('changes nothing in a post whose message was deleted', () => {
    const dropped: Post = { ...post, delivery: { type: 'dropped' } }
    expect(planFeed({ ...QUIET_FEED, grown: [dropped] }).posts).toEqual([])
  })
})

/** Batches of entries, each with the time since the last batch and the ages of its entries. */
const anyBatches = fc.array(
  fc.record({
    pause: fc.oneof(fc.integer({ min: 0, max: 2 * MINUTE }), fc.integer({ min: 0, max: 60 * MINUTE })),
    ages: fc.array(fc.oneof(fc.integer({ min: 0, max: MINUTE }), fc.integer({ min: 0, max: 10 * MINUTE })), {
      maxLength: 25,
    }),
  }),
  { maxLength: 20 },
)

/** What a feed has posted after some batches, with all posts sent at once. */
function replay(batches: readonly { readonly pause: number; readonly ages: readonly number[] }[]) {
  const posts = new Map<number, Post>()
  const all: Arrival[] = []
  let now = NOW
  for (const { pause, ages } of batches) {
    now += pause
    const position = all.length
    const arrivals = arrivalsOf(ages, position, now)
    all.push(...arrivals)
    const sentAt = [...posts.values()].flatMap(({ delivery }) =>
      delivery.type === 'sent' ? [timeOf(delivery.messageId)] : [],
    )
    const open = [...posts.values()].find(isOpenSummary)
    const plan = planFeed({ ...QUIET_FEED, position, arrivals, sentAt, open, nextPost: posts.size + 1, now })
    for (const post of plan.posts) {
      const delivery = post.delivery.type === 'sent' ? post.delivery : sent(firstIdAt(now))
      posts.set(post.number, { ...post, delivery })
    }
  }
  return { all, posts: [...posts.values()] }
}

test('whatever comes when, each entry is in exactly one post, in order', () => {
  fc.assert(
    fc.property(anyBatches, (batches) => {
      const { all, posts } = replay(batches)
      let last = 0
      for (const { after, to, content } of posts) {
        const shown = all.filter(({ number }) => after < number && number <= to)
        expect(after).toBe(last)
        last = to
        if (content.type === 'entries') expect(content.ids).toEqual(idsOf(shown))
        else expect(content).toMatchObject({ type: 'summary', ...boundsOf(idsOf(shown)) })
      }
      expect(last).toBe(all.length)
    }),
  )
})

function boundsOf(ids: readonly Snowflake[]) {
  const sorted = ids.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  return { from: sorted[0], to: sorted.at(-1) }
}

test('whatever comes when, no post has too much, only the last is open, and there are few in any 30 seconds', () => {
  fc.assert(
    fc.property(anyBatches, (batches) => {
      const { posts } = replay(batches)
      const times = posts.map(({ delivery }) => (delivery.type === 'sent' ? timeOf(delivery.messageId) : 0))
      for (const [index, post] of posts.entries()) {
        if (post.content.type === 'entries') expect(post.content.ids.length).toBeLessThanOrEqual(MOST_SHOWN)
        if (isOpenSummary(post)) expect(index).toBe(posts.length - 1)
        const recent = times.filter(
          (at) => at <= (times[index] ?? 0) && (times[index] ?? 0) - at < FLOOD.within,
        )
        // A flood can follow what came late, and the other way round.
        expect(recent.length).toBeLessThanOrEqual(2 * FLOOD.posts + 2)
      }
    }),
  )
})
