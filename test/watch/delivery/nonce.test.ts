import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LARGEST_SNOWFLAKE } from '../../../src/core/snowflake.ts'
import { nonceOf } from '../../../src/watch/delivery/nonce.ts'

const anyPost = fc.record({
  guildId: fc.bigInt({ min: 1n, max: BigInt(LARGEST_SNOWFLAKE) }).map(String),
  watch: fc.integer({ min: 1, max: 40_000 }),
  number: fc.integer({ min: 1, max: 2 ** 31 }),
})

test('a nonce is at most as long as Discord accepts, and every post has another', () => {
  fc.assert(
    fc.property(anyPost, anyPost, (one, other) => {
      const [first, second] = [nonceOf(one.guildId, one), nonceOf(other.guildId, other)]
      expect(first.length).toBeLessThanOrEqual(25)
      expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})
