import { expect, test } from 'vitest'
import { allShards, shardsOfBlock, shareOf } from '../../src/sharding/served-shards.ts'

test.each([
  [47, 1, 47],
  [47, 2, 23],
  [47, 10, 4],
  [47, 100, 1],
  [Number.POSITIVE_INFINITY, 3, Number.POSITIVE_INFINITY],
])('of a limit of %d, each of %d processes has %d', (limit, processes, share) => {
  expect(shareOf(limit, { processes })).toBe(share)
})

test.each([
  [{ shardCount: 1, blockSize: 1 }],
  [{ shardCount: 16, blockSize: 4 }],
  [{ shardCount: 17, blockSize: 4 }],
  [{ shardCount: 3, blockSize: 8 }],
])('each shard and each server is in exactly one block of %o', (plan) => {
  const { processes } = shardsOfBlock(plan, 0)
  const blocks = Array.from({ length: processes }, (_, block) => shardsOfBlock(plan, block))
  expect(blocks.flatMap(({ assigned }) => assigned.ids)).toEqual(
    Array.from({ length: plan.shardCount }, (_, id) => id),
  )
  expect(blocks.map(({ isFirst }) => isFirst)).toEqual(blocks.map((_, block) => block === 0))
  for (let index = 0; index < 50; index++) {
    const guildId = String((BigInt(index * 7919) << 22n) + 5n)
    expect(blocks.filter(({ serves }) => serves(guildId))).toHaveLength(1)
    expect(allShards('auto').serves(guildId)).toBe(true)
  }
})
