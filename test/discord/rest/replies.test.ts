import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { RateLimitError, Routes } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { createReplies } from '../../../src/discord/rest/replies.ts'

const APPLICATION = '900000000000000001'

/** A server that answers each request as the test says, and the client that replies through it. */
async function openReplies(answer: (path: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request.url ?? '', response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return createReplies(`http://127.0.0.1:${address.port}/api`)
}

const idOf = (nth: number) => String(900_000_000_000_000_100n + BigInt(nth))
const original = (nth: number) => Routes.webhookMessage(APPLICATION, `token-${nth}`)

test('200 replies of every kind are sent at once: none waits for another', async () => {
  const waiting: ServerResponse[] = []
  const replies = await openReplies((_, response) => {
    waiting.push(response)
    // Until all have arrived, none is answered.
    if (waiting.length === 200) for (const each of waiting) each.writeHead(204).end()
  })
  const file = () => {
    const form = new FormData()
    form.append('files[0]', new Blob(['x'.repeat(100_000)]), 'export.csv')
    return form
  }
  const kinds = [
    (nth: number) => replies.post(Routes.interactionCallback(idOf(nth), `token-${nth}`), { auth: false }),
    (nth: number) => replies.patch(original(nth), { auth: false, body: { content: 'An answer' } }),
    (nth: number) => replies.patch(original(nth), { auth: false, body: file(), passThroughBody: true }),
    (nth: number) => replies.post(Routes.webhook(APPLICATION, `token-${nth}`), { auth: false, body: {} }),
    (nth: number) => replies.delete(original(nth), { auth: false }),
  ]
  const sent = Array.from({ length: 40 }, (_, index) => kinds.map((send, kind) => send(index * 5 + kind)))
  await Promise.all(sent.flat())
  expect(waiting).toHaveLength(200)
})

test.each([
  ['its own limit', {}],
  ['a limit that Discord calls global', { 'x-ratelimit-global': 'true' }],
])('a reply that meets %s delays no other', async (_, headers) => {
  const replies = await openReplies((path, response) => {
    if (path.includes('token-1/')) response.writeHead(429, { 'retry-after': '60', ...headers }).end()
    else response.writeHead(204).end()
  })
  await expect(replies.patch(original(1), { auth: false, body: {} })).rejects.toBeInstanceOf(RateLimitError)
  await replies.patch(original(2), { auth: false, body: {} })
  await replies.post(Routes.interactionCallback(idOf(3), 'token-3'), { auth: false })
})

test('the edits of one reply are handled in the order in which they were sent', async () => {
  const handled: string[] = []
  const held: ServerResponse[] = []
  const arrived = Promise.withResolvers<void>()
  const replies = await openReplies((path, response) => {
    handled.push(path)
    if (handled.length > 1) return response.writeHead(204).end()
    held.push(response)
    arrived.resolve()
    return response
  })
  const first = replies.patch(original(1), { auth: false, body: {} })
  const second = replies.patch(original(1), { auth: false, body: {} })
  await arrived.promise
  await replies.patch(original(2), { auth: false, body: {} })
  expect(handled.map((path) => path.split('/').at(-3))).toEqual(['token-1', 'token-2'])
  held[0]?.writeHead(204).end()
  await Promise.all([first, second])
  expect(handled).toHaveLength(3)
})
