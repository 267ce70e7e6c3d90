import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'

interface Demo {
  readonly process: ChildProcess
  readonly said: () => string
  readonly ended: Promise<unknown>
}

/** The demo as it is typed, with a short history, and what it has said so far. */
function demo(...args: string[]): Demo {
  return run(process.execPath, ['sandbox/demo.ts', '--days', '20', ...args])
}

function run(file: string, args: readonly string[]): Demo {
  const child = spawn(file, args, { env: { ...process.env, NO_COLOR: '1', TZ: 'UTC' } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, said: () => said, ended: once(child, 'close').then(([code]) => code) }
}

test('--terminal asks three commands, takes what is typed, and ends with its input', async () => {
  const { process: child, said, ended } = demo('--terminal')
  child.stdin?.end('/audit recent action:Member Kick limit:3\n2\naround it\nfrobnicate\n/audit frobnicate\n')
  expect(await ended).toBe(0)
  for (const part of ['/audit recent\n', '/audit user user:@Bruno\n', '/audit deletes since:7d\n']) {
    expect(said()).toContain(`Alice › ${part}Custos · only you can see this\n`)
  }
  expect(said()).toContain('1–3 of 3, newest first')
  expect(said()).toMatch(/👢 Member Kick\n▌ \n▌ @\S+ kicked @\S+/)
  expect(said()).toContain('Alice › Custos · only you can see this\n▌ Audit log\n')
  expect(said()).toContain('Type /audit … (Tab completes)')
  expect(said()).toContain('There is no command /audit frobnicate.')
})

test('where its port is taken it says so and takes the next, and Ctrl-C ends it with a line', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { process: child, said, ended } = demo('--port', String(port))
  await expect.poll(said, { timeout: 15_000 }).toContain('Ctrl-C stops everything')
  const [, page = ''] = /Open (http:\/\/localhost:\d+) in your browser/.exec(said()) ?? []
  expect(said()).toContain(`(port ${port} is taken)`)
  expect(await (await fetch(page)).text()).toContain('<title>Custos demo</title>')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(said().trimEnd()).toMatch(/\n\nStopping\.$/)
  await expect(fetch(page)).rejects.toThrow()
})

test('where npm is told to end, the demo ends too', async () => {
  const npm = run('npm', ['run', 'demo', '--', '--days', '20', '--port', '0'])
  await expect.poll(npm.said, { timeout: 15_000 }).toContain('Ctrl-C stops everything')
  npm.process.kill('SIGTERM')
  await npm.ended
  expect(npm.said().trimEnd()).toMatch(/\n\nStopping\.$/)
})

test.each([
  [['--port', 'x'], '“x” is no port.'],
  [['--days', '0'], '--days takes a number from 1 to 365.'],
  [['--browser'], "Unknown option '--browser'"],
])('%j is answered with what is wrong and how it goes', async (args, why) => {
  const { said, ended } = demo(...args)
  expect(await ended).toBe(1)
  expect(said()).toContain(why)
  expect(said()).toContain('npm run demo -- [--terminal]')
})
