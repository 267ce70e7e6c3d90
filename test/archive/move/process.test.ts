import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, inject, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { GUILD, openAt, sqliteAddress, sqliteWith } from '../../support/archive/moving.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'

/** Runs `npm run move -- FROM TO` as its script does. */
function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['src/move.ts', ...args], {
    env: { ...process.env, INIT_CWD: '', ...environment },
  })
  const running = { child, output: '', closed: once(child, 'close') }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      running.output += chunk
    })
  }
  return running
}

async function target(): Promise<string> {
  return inject('postgres') === undefined ? `sqlite:${archiveFile()}` : postgresDatabase()
}

function addressOf(url: string) {
  return url.startsWith('sqlite:')
    ? sqliteAddress(url.slice('sqlite:'.length))
    : parsePostgresUrl(url, 'the database')
}

test('a move that is killed, and then stopped, goes on when it is run again, and never shows the password', async () => {
  const [from, url] = [await sqliteWith(12_000), await target()]
  const outputs: string[] = []
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const run = start([`sqlite:${from.path}`, 'TARGET'], { TARGET: url })
    await once(run.child.stdout, 'data')
    run.child.kill(signal)
    await run.closed
    outputs.push(run.output)
  }
  expect(outputs[1]).toMatch(/Stopped\. Run the same command again: it goes on where it stopped\.\n$/)
  await expect(openAt(addressOf(url))).rejects.toThrow('is not finished')

  const last = start([`sqlite:${from.path}`, url])
  expect(await last.closed).toEqual([0, null])
  outputs.push(last.output)
  expect(last.output).toMatch(/^Copied [\d,]+ of [\d,]+ rows \(\d+ %\)/)
  expect(last.output).toMatch(
    /\nMoved and verified: 12,000 entries, counted by server and day \(1 server, 500 days\), and [\d,]+ other rows are the same in both \(SHA-256 [\da-f]{64}\)\.\n$/,
  )
  const archive = await openAt(addressOf(url))
  expect(await archive.countHeld(GUILD)).toBe(12_000)
  await archive.close()

  const password = url.startsWith('postgres') ? new URL(url).password || 'none' : 'none'
  for (const output of outputs) expect(output).not.toContain(password)
})

test.skipIf(inject('postgres'))(
  'without two addresses, or with one that cannot be read, the error says what would work',
  async () => {
    const runs = [
      [],
      ['sqlite:a.db', 'MISSING'],
      ['sqlite:a.db', 'postgres://custos:secret@host:port/custos'],
    ].map((args) => start(args))
    for (const run of runs) expect(await run.closed).toEqual([1, null])
    expect(runs.map(({ output }) => output)).toEqual([
      expect.stringMatching(/^Name the archive to move and where to move it: npm run move -- FROM TO\./),
      'The variable MISSING is not set.\n',
      expect.stringMatching(/^TO should be /),
    ])
    expect(runs[2]?.output).not.toContain('secret')
  },
)
