import { expect, test } from 'vitest'
import { openPostgres } from '../postgres-database.ts'
import { soak } from '../soak.ts'

test('on PostgreSQL, a month in which one thing after another fails, the server too, loses no entry and stores none twice', async () => {
  const { faults, comparisons, ...result } = await soak({
    seed: 2,
    faults: 40,
    compareEvery: 20,
    openDatabase: openPostgres,
  })
  expect(Object.keys(faults)).toEqual(
    expect.arrayContaining(['PostgreSQL is killed', 'PostgreSQL cuts its connections']),
  )
  expect(comparisons).toBe(2)
  expect(result).toMatchObject({ lost: 0, invented: 0, wrong: 0, problems: [] })
}, 240_000)
