import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { OperatorError } from '../../src/core/errors.ts'
import { type Pages, serve } from '../../src/server/http-server.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const PAGES: Pages = { '/one': () => ({ status: 200, text: 'first\nsecond' }) }

async function open(pages: Pages = PAGES, limits: Parameters<typeof serve>[3] = {}) {
  const log = new RecordedLog()
  const server = await serve({ host: '127.0.0.1', port: 0 }, pages, log, limits)
  onTestFinished(() => server.close())
  return { ...server, log, port: Number(new URL(server.url).port) }
}

/** A connection that sends what it is told. */
async function client(port: number, sent = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(sent)
  return socket
}

/** Resolves when a connection has ended, however it did. */
function closed(socket: Socket): Promise<void> {
  socket.resume()
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

test('GET and HEAD are answered in plain text that no cache keeps', async () => {
  const { url } = await open()
  const got = await fetch(`${url}/one?x=1`)
  expect(await got.text()).toBe('first\nsecond\n')
  expect(got.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(got.headers.get('cache-control')).toBe('no-store')
  const head = await fetch(`${url}/one`, { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '13'])
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused, and its body is not read', async (method) => {
  const { url } = await open()
  const body = method === 'OPTIONS' ? null : 'x'.repeat(1_000_000)
  const response = await fetch(`${url}/one`, { method, body })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  expect(response.headers.get('connection')).toBe('close')
})

test.each(['/', '/two', '/one/', '/constructor', '/%', '//one'])('%s is not found', async (path) => {
  const { port } = await open()
  const [response] = await once(request({ port, host: '127.0.0.1', path }).end(), 'response')
  expect(response.statusCode).toBe(404)
  expect(await text(response)).toBe('There are /one.\n')
})

test('a page that fails is a sentence for the client, and a line in the log', async () => {
  const { url, log } = await open({
    '/one': () => {
      throw new Error('No.')
    },
  })
  const response = await fetch(`${url}/one`)
  expect([response.status, await response.text()]).toEqual([
    500,
    'Custos could not answer. Its log says why.\n',
  ])
  expect(log.lines).toEqual([
    { level: 'error', facts: { err: new Error('No.') }, message: 'Answering an HTTP request failed.' },
  ])
})

describe('a client that is slow or means harm', () => {
  const SLOW = { timeout: 100 }

  test.each([
    ['sends nothing', ''],
    ['never ends its headers', 'GET /one HTTP/1.1\r\nhost: x\r\n'],
    ['never ends its body', 'POST /one HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nx'],
    ['asks once and then nothing more', 'GET /one HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('is disconnected if it %s', async (_, sent) => {
    const { port } = await open(PAGES, SLOW)
    const socket = await client(port, sent)
    await closed(socket)
  })

  test('is refused if its headers are too large', async () => {
    const { port } = await open()
    const socket = await client(port, `GET /one HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(10_000)}\r\n\r\n`)
    expect(await text(socket)).toContain('431 Request Header Fields Too Large')
  })

  test('keeps no other from connecting: the oldest of too many connections is closed', async () => {
    const { port, url } = await open(PAGES, { clients: 3 })
    const idle = [await client(port), await client(port), await client(port)]
    const [first] = idle
    if (!first) throw new Error('There is no client.')
    const gone = closed(first)
    expect((await fetch(`${url}/one`)).status).toBe(200)
    await gone
    expect(idle.slice(1).map(({ destroyed }) => destroyed)).toEqual([false, false])
  })
})

test('closing ends every connection at once, and the port is free', async () => {
  const { port, url, close } = await open({ '/one': () => new Promise(() => {}) })
  const idle = await client(port)
  const asking = await client(port, 'GET /one HTTP/1.1\r\nhost: x\r\n\r\n')
  const both = Promise.all([closed(idle), closed(asking)])
  close()
  await both
  await expect(fetch(`${url}/one`)).rejects.toThrow()
  const again = await serve({ host: '127.0.0.1', port }, PAGES, new RecordedLog())
  again.close()
})

test.each([
  ['127.0.0.1', 'another program uses it. Stop that, or set another port'],
  ['192.0.2.1', 'this machine has no such address'],
])('where nothing can listen, such as at %s, a sentence says why', async (host, reason) => {
  const { port } = await open()
  await expect(serve({ host, port }, PAGES, new RecordedLog())).rejects.toEqual(
    new OperatorError(`Custos cannot serve health and metrics at HTTP_ADDRESS, ${host}:${port}: ${reason}.`),
  )
})

test('an address of IPv6 is served', async () => {
  const server = await serve({ host: '::1', port: 0 }, PAGES, new RecordedLog())
  onTestFinished(() => server.close())
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect((await fetch(`${server.url}/one`)).status).toBe(200)
})
