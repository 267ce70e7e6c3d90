import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

interface DemoProcess {
  readonly process: ChildProcess
  /** Its output so far. */
  readonly output: () => string
  /** Resolves with the exit code. */
  readonly ended: Promise<unknown>
}

/** Runs the demo with a short history. */
function demo(...args: string[]): DemoProcess {
  return run(process.execPath, ['sandbox/demo.ts', '--days', '20', ...args])
}

function run(file: string, args: readonly string[]): DemoProcess {
  const child = spawn(file, args, { env: { ...process.env, NO_COLOR: '1', TZ: 'UTC' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, output: () => output, ended: once(child, 'close').then(([code]) => code) }
}

test('--terminal runs three commands, then what is typed, saves files, and ends at exit', async () => {
  const { process: child, output, ended } = demo('--terminal')
  child.stdin?.write('/audit recent action:Member Kick limit:15\n2\nnext\n3\nfrobnicate\n/audit frobnicate\n')
  child.stdin?.write('/audit export format:csv since:7d\nexit\n/audit status\n')
  expect(await ended).toBe(0)
  for (const part of ['/audit recent\n', '/audit user user:@Bruno\n', '/audit deletes since:7d\n']) {
    expect(output()).toContain(`Alice › ${part}Custos · only you can see this\n`)
  }
  expect(output()).toMatch(/1–10 of the 15 newest of \d+ · /)
  expect(output()).toMatch(/👢 Member Kick\n▌ \n▌ @\S+ kicked @\S+/)
  expect(output()).toMatch(/11–15 of the 15 newest of \d+ · /)
  expect(output()).toContain('Type a number from 11 to 15.')
  expect(output()).toContain('Type /audit … (Tab completes)')
  expect(output()).toContain('There is no command /audit frobnicate.')
  const [, path = ''] = /Saved as (\S+\.csv)/.exec(output()) ?? []
  onTestFinished(() => rm(dirname(path), { recursive: true }))
  expect(await readFile(path, 'utf8')).toMatch(/^\W?id,time,action,/)
  expect(output()).not.toContain('/audit status')
})

test('if its port is taken, the demo says so and uses the next; Ctrl-C ends it', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { process: child, output, ended } = demo('--port', String(port))
  await expect.poll(output, { timeout: 15_000 }).toContain('Press Ctrl-C to stop')
  const [, page = ''] = /Open (http:\/\/localhost:\d+) in your browser/.exec(output()) ?? []
  expect(output()).toContain(`(port ${port} is taken)`)
  expect(await (await fetch(page)).text()).toContain('<title>Custos demo</title>')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(output().trimEnd()).toMatch(/\n\nStopping\.$/)
  await expect(fetch(page)).rejects.toThrow()
})

test('when npm is ended, the demo ends too', async () => {
  const npm = run('npm', ['run', 'demo', '--', '--days', '20', '--port', '0'])
  await expect.poll(npm.output, { timeout: 15_000 }).toContain('Press Ctrl-C to stop')
  npm.process.kill('SIGTERM')
  await npm.ended
  expect(npm.output().trimEnd()).toMatch(/\n\nStopping\.$/)
})

test('an invalid argument is answered with the error and the usage', async () => {
  const { output, ended } = demo('--port', 'x')
  expect(await ended).toBe(1)
  expect(output()).toContain('“x” is not a port number.')
  expect(output()).toContain('npm run demo -- [--terminal]')
})
