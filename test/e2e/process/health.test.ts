import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { outputOf } from '../../support/process/output-of.ts'

/** Runs the health check as a container does. */
async function health(address: string) {
  const child = spawn('sh', ['bin/custos', 'health'], { env: { ...process.env, HTTP_ADDRESS: address } })
  return outputOf(child)
}

/** A server that answers every request alike, and its port. */
async function serving(host: string, status: number, text: string): Promise<number> {
  const server: Server = createServer(({ url }, response) => {
    response.writeHead(url === '/readyz' ? status : 404).end(text)
  })
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('is good while Custos is ready, at every way of writing its address', async () => {
  const port = await serving('0.0.0.0', 200, 'ready\n')
  for (const address of [`127.0.0.1:${port}`, `0.0.0.0:${port}`, `:${port}`, String(port)])
    expect(await health(address)).toEqual({ code: 0, output: 'ready\n' })
})

test('is bad and has the reason while Custos is not ready', async () => {
  const port = await serving('127.0.0.1', 503, 'Shard 0 is not connected.\n')
  expect(await health(`127.0.0.1:${port}`)).toEqual({ code: 1, output: 'Shard 0 is not connected.\n' })
})

test('is bad if nothing answers, or if nobody can ask', async () => {
  const { code, output } = await health('127.0.0.1:1')
  expect(code).toBe(1)
  expect(output).toMatch(/^http:\/\/127\.0\.0\.1:1\/readyz does not answer: .*ECONNREFUSED/)
  expect(await health('')).toEqual({
    code: 1,
    output: 'Set HTTP_ADDRESS as it is set for the bot. Without it, nobody can ask for its health.\n',
  })
})
