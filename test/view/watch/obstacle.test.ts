import { expect, test } from 'vitest'
import type { Obstacle } from '../../../src/core/watch/watch.ts'
import { describeObstacle, obstacleSentence } from '../../../src/view/watch/obstacle.ts'

test.each<[Obstacle, string, string]>([
  [{ type: 'channel' }, 'the channel was deleted', 'that channel was deleted. Choose another.'],
  [
    { type: 'permissions', permissions: ['ViewChannel', 'SendMessages'] },
    'Custos lacks **View Channel** and **Send Messages** there',
    'Custos lacks **View Channel** and **Send Messages** in <#5>. Give that to its role under Edit Channel → Permissions, ' +
      'and run the command again.',
  ],
  [
    { type: 'permissions', permissions: [] },
    'Custos lacks a permission there: it needs **View Channel**, **Send Messages** and **Embed Links**',
    'Custos lacks a permission in <#5>: it needs **View Channel**, **Send Messages** and **Embed Links**. Give that to its ' +
      'role under Edit Channel → Permissions, and run the command again.',
  ],
  [
    { type: 'permissions', permissions: ['ManageThreads'] },
    'the thread is locked',
    '<#5> is locked. Unlock the thread, or choose another channel.',
  ],
])('%j is said with what to do about it', (obstacle, described, sentence) => {
  expect(describeObstacle(obstacle)).toBe(described)
  expect(obstacleSentence(obstacle, '5')).toBe(sentence)
})
