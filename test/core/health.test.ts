import { expect, test } from 'vitest'
import { Health } from '../../src/core/health.ts'

test('without a problem, Custos is ready', async () => {
  const health = new Health()
  expect(await health.readiness()).toEqual({ type: 'ready' })
  health.set('archive', () => [])
  expect(await health.readiness()).toEqual({ type: 'ready' })
})

test('the problems of all parts are said, in their order, and only the last finding of each part', async () => {
  const health = new Health()
  health.set('archive', () => ['It is not open.'])
  health.set('gateway', async () => ['Shard 0.', 'Shard 1.'])
  health.set('archive', () => ['It cannot be reached.'])
  expect(await health.readiness()).toEqual({
    type: 'not ready',
    problems: ['It cannot be reached.', 'Shard 0.', 'Shard 1.'],
  })
})

test('a process that stands by needs the archive alone, and does not write it', async () => {
  const health = new Health()
  let isStandingBy = true
  health.standsBy(() => isStandingBy)
  health.set('gateway', () => ['It is not connected.'])
  health.set('writes', () => {
    throw new Error('A process that stands by writes nothing.')
  })
  expect(await health.readiness()).toEqual({ type: 'standing by' })
  health.set('archive', () => ['It cannot be reached.'])
  expect(await health.readiness()).toEqual({ type: 'not ready', problems: ['It cannot be reached.'] })
  health.set('archive', () => [])
  health.set('writes', () => [])
  isStandingBy = false
  expect(await health.readiness()).toEqual({ type: 'not ready', problems: ['It is not connected.'] })
})
