import { describe, expect, test } from 'vitest'
import { draftOf, filterOf, type SavedQuery, savedQuerySchema } from '../../../src/core/query/saved-query.ts'

const bare: SavedQuery = {
  command: 'audit recent',
  guildId: '1564237482688512200',
  askerId: '1564237482688512274',
  askedAt: 1,
  timeZone: 'UTC',
  filter: {},
  order: 'newest',
}

const full: SavedQuery = {
  ...bare,
  timeZone: 'Asia/Tokyo',
  filter: {
    executorId: '1564233384853504547',
    onBehalfOfId: '1564233384853504548',
    targetId: '1564237482688512306',
    targetType: 'user',
    kinds: { anyOf: [72, -1] },
    channelId: '1564446472273922735',
    from: '1564335830728705914',
    to: '1564336080000000000',
    reason: 'spam',
  },
  order: 'oldest',
  limit: 1000,
  min: 3,
  roleId: '1564237482688512300',
  bots: true,
  aroundId: '1564335830728705914',
  newTimeZone: 'Asia/Tokyo',
  format: 'csv',
  asOf: '1564335830728705999',
  knownTo: '1564335830728706000',
  countsAsOf: 2,
  letIn: true,
}

describe('a saved query', () => {
  test.each([
    ['for everything', bare],
    ['with every field', full],
    ['for all kinds except some', { ...bare, filter: { kinds: { noneOf: [72, 73] } } }],
  ])('%s is read back as it was stored', (_, query) => {
    expect(savedQuerySchema.parse(JSON.parse(JSON.stringify(query)))).toEqual(query)
  })

  test.each([
    ['with a guild id that is not an id', { ...bare, guildId: 'here' }],
    ['with a member id that is not an id', { ...bare, askerId: '' }],
    ['with a bound that is not an id', { ...bare, filter: { from: '2026-08-01' } }],
    ['with an unknown order', { ...bare, order: 'loudest' }],
    ['with a limit of 0', { ...bare, limit: 0 }],
    ['with kinds that are not numbers', { ...bare, filter: { kinds: { anyOf: ['20'] } } }],
  ])('%s is rejected', (_, query) => {
    expect(savedQuerySchema.safeParse(query).success).toBe(false)
  })
})

test('a query that is run again asks for the same, as of now', () => {
  const { filter, order, limit, min, roleId, bots, aroundId, newTimeZone, format } = full
  expect(draftOf(full)).toEqual({
    ...{ filter, order, limit, min, roleId, bots, aroundId, newTimeZone, format },
    public: false,
  })
})

describe('the entries that match a saved query', () => {
  test.each([
    ['end with the newest stored', undefined, '500', '501'],
    ['end where the window ends, if that is before', '400', '500', '400'],
    ['end with the newest stored, if the window ends later', '600', '500', '501'],
    ['include the newest, if the window ends right after it', '501', '500', '501'],
    ['are none if nothing was stored', undefined, undefined, '0'],
    ['are none in a window if nothing was stored', '400', undefined, '0'],
  ])('%s', (_, to, asOf, end) => {
    const query = { ...bare, filter: { from: '100', ...(to && { to }) }, ...(asOf && { asOf }) }
    expect(filterOf(query)).toEqual({ from: '100', to: end })
  })

  test('match its filter', () => {
    expect(filterOf(full)).toEqual({ ...full.filter, to: '1564335830728706000' })
  })
})
