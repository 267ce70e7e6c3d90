import { expect, test } from 'vitest'
import { Turns } from '../../src/watch/turns.ts'

test('so much is done at once, and guilds take turns for the rest', async () => {
  const turns = new Turns(1)
  const begun: string[] = []
  const first = Promise.withResolvers<void>()
  const run = (name: string, work: () => Promise<void>) =>
    turns.run(name.charAt(0), () => {
      begun.push(name)
      return work()
    })
  const all = [run('a1', () => first.promise), ...['a2', 'a3', 'b1'].map((name) => run(name, async () => {}))]
  expect(begun).toEqual(['a1'])
  first.resolve()
  await Promise.all(all)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
})

test('work that fails makes room for the next', async () => {
  const turns = new Turns(1)
  const failed = turns.run('a', () => Promise.reject(new Error('It fails.')))
  await expect(failed).rejects.toThrow('It fails.')
  expect(await turns.run('a', async () => 'done')).toBe('done')
})
