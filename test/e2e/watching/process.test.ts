import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { loggedMatching, openProcesses } from '../../support/process/open-processes.ts'
import { page } from '../../support/watching.ts'

/** A port that is free, and one that is taken until the test ends. */
async function ports(atEnd: (end: () => void) => void) {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  atEnd(() => void server.close())
  const address = server.address()
  return { taken: typeof address === 'object' ? (address?.port ?? 0) : 0, free: await freePort() }
}

describe('HTTP_ADDRESS', () => {
  test('is served while the archive cannot be reached and Discord neither, and delays no stop', async ({
    onTestFinished: atEnd,
  }) => {
    const { taken, free } = await ports(atEnd)
    const { run } = await openProcesses({ atEnd })
    // Something listens there that never answers.
    const bot = run({
      HTTP_ADDRESS: String(free),
      DATABASE_URL: `postgres://custos:a-secret-word@127.0.0.1:${taken}/custos?sslmode=disable&connect_timeout=2`,
    })
    await loggedMatching(bot, /Serving health and metrics/)
    const url = `http://127.0.0.1:${free}`
    expect(await page(url, '/livez')).toEqual([200, 'alive'])
    expect(await page(url, '/readyz')).toEqual([
      503,
      'The archive is not open yet.',
      'Custos is not connected to Discord yet.',
    ])
    await loggedMatching(bot, /The archive cannot be reached/)
    expect((await page(url, '/readyz'))[1]).toBe('The archive cannot be reached.')
    expect((await fetch(`${url}/metrics`)).status).toBe(200)
    const idle = await fetch(`${url}/livez`, { keepalive: true })
    expect(idle.status).toBe(200)
    const started = performance.now()
    expect(await bot.stop()).toBe(0)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(bot.output.stdout + bot.output.stderr).not.toContain('a-secret-word')
  })

  test('that another program uses ends the process at once, with a sentence', async ({
    onTestFinished: atEnd,
  }) => {
    const { taken } = await ports(atEnd)
    const { run } = await openProcesses({ atEnd })
    const bot = run({ HTTP_ADDRESS: `127.0.0.1:${taken}` })
    expect(await bot.ended()).toBe(1)
    expect(bot.output.stderr).toBe(
      `Custos cannot serve health and metrics at HTTP_ADDRESS, 127.0.0.1:${taken}: another program uses it. Stop that, ` +
        'or set another port.\n',
    )
  })
})
