import { expect, test } from 'vitest'
import { type Paged, pageRow } from '../../src/view/paging.ts'

const QUERY = {
  command: 'audit recent',
  guildId: '1',
  askerId: '7',
  askedAt: 0,
  timeZone: 'UTC',
  filter: {},
  order: 'newest',
} as const

function buttonsOf(total: number, index: number, given: Partial<Paged> = {}): string[] {
  const paged = {
    query: QUERY,
    page: { index },
    total,
    pageId: (page: { index: number }) => `page ${page.index}`,
    goToId: (pages: number) => `go to one of ${pages}`,
  }
  return pageRow({ ...paged, ...given })
    .flatMap(({ components }) => components)
    .flatMap((part) => ('custom_id' in part && !part.disabled ? part.custom_id : []))
}

test('a list of one page has no buttons', () => {
  expect(pageRow({ query: QUERY, page: { index: 0 }, total: 10, pageId: () => '' })).toEqual([])
})

test('Previous and Next are disabled at the ends', () => {
  expect(buttonsOf(20, 0)).toEqual(['page 1'])
  expect(buttonsOf(20, 1)).toEqual(['page 0'])
})

test('Go to… is there from three pages on, and knows how many there are', () => {
  expect(buttonsOf(21, 1)).toEqual(['page 0', 'page 2', 'go to one of 3'])
  expect(buttonsOf(10_324, 1_032)).toEqual(['page 1031', 'go to one of 1033'])
})
