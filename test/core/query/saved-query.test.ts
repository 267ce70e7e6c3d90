import { describe, expect, test } from 'vitest'
import { filterOf, type SavedQuery, savedQuerySchema } from '../../../src/core/query/saved-query.ts'

const bare: SavedQuery = {
  command: 'audit recent',
  guildId: '1564237482688512200',
  askerId: '1564237482688512274',
  askedAt: 1,
  filter: {},
  order: 'newest',
}

const full: SavedQuery = {
  ...bare,
  filter: {
    executorId: '1564233384853504547',
    targetId: 'qGFG7TPS',
    kinds: { anyOf: [72, -1] },
    channelId: '1564446472273922735',
    from: '1564335830728705914',
    to: '1564336080000000000',
    reason: 'spam',
  },
  order: 'oldest',
  limit: 1000,
  asOf: '1564335830728705999',
}

describe('a question', () => {
  test.each([
    ['that asks for everything', bare],
    ['that asks for one thing', full],
    ['that asks for all but some kinds', { ...bare, filter: { kinds: { noneOf: [72, 73] } } }],
  ])('%s is the same after it was kept', (_, query) => {
    expect(savedQuerySchema.parse(JSON.parse(JSON.stringify(query)))).toEqual(query)
  })

  test.each([
    ['with a guild that is no id', { ...bare, guildId: 'here' }],
    ['with an asker that is no id', { ...bare, askerId: '' }],
    ['with a bound that is no id', { ...bare, filter: { from: '2026-08-01' } }],
    ['with an unknown order', { ...bare, order: 'loudest' }],
    ['with room for no entry', { ...bare, limit: 0 }],
    ['with kinds that are no numbers', { ...bare, filter: { kinds: { anyOf: ['20'] } } }],
  ])('%s is none', (_, query) => {
    expect(savedQuerySchema.safeParse(query).success).toBe(false)
  })
})

describe('the entries that a question is about', () => {
  test.each([
    ['end with the newest that was held', undefined, '500', '501'],
    ['end where the window ends, when that is before', '400', '500', '400'],
    ['end with the newest held, when the window reaches past it', '600', '500', '501'],
    ['hold the newest, when the window ends right after it', '501', '500', '501'],
    ['are none while nothing was held', undefined, undefined, '0'],
    ['are none in a window, while nothing was held', '400', undefined, '0'],
  ])('%s', (_, to, asOf, end) => {
    const query = { ...bare, filter: { from: '100', ...(to && { to }) }, ...(asOf && { asOf }) }
    expect(filterOf(query)).toEqual({ from: '100', to: end })
  })

  test('are narrowed as they were asked for', () => {
    expect(filterOf(full)).toEqual({ ...full.filter, to: '1564335830728706000' })
  })
})
