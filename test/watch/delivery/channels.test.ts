import { expect, test } from 'vitest'
import { Channels } from '../../../src/watch/delivery/channels.ts'

test('the requests of a channel are made one after the other, those of others meanwhile', async () => {
  const channels = new Channels()
  const made: string[] = []
  const slow = Promise.withResolvers<void>()
  const request = (name: string, response: Promise<void> = Promise.resolve()) =>
    channels.run(name.charAt(0), () => {
      made.push(name)
      return response
    })
  const first = request('a1', slow.promise)
  const second = request('a2')
  await request('b1')
  expect(made).toEqual(['a1', 'b1'])
  slow.reject(new Error('Discord does not answer.'))
  await expect(first).rejects.toThrow('Discord does not answer.')
  await second
  await request('a3')
  expect(made).toEqual(['a1', 'b1', 'a2', 'a3'])
})
