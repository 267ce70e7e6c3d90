import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type Binaries, findBinaries, reachable } from './binaries.ts'
import { createData } from './data-folder.ts'
import { createServerFolder, type ServerFolder } from './server-folder.ts'
import { SERVER_ENVIRONMENT, SERVER_USER } from './server-user.ts'

/** What makes a server fast that nobody needs after a power cut. What is committed outlives a killed server, though. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '300',
  shared_buffers: '32MB',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  // Everything is in memory, so no processes are needed that read ahead.
  io_method: 'sync',
  // Statements that fail are the tests' business.
  log_min_messages: 'log',
  log_checkpoints: 'off',
}

type ServerProcess = ChildProcessByStdio<null, null, Readable>

/** SIGINT stops at once and cleanly, SIGQUIT as in a crash, SIGKILL is one. */
export type StopSignal = 'SIGINT' | 'SIGQUIT' | 'SIGKILL'

/** A PostgreSQL server on loopback, with data that it does not keep. It never outlives the process that started it. */
export class PostgresServer {
  readonly port: number
  readonly #binaries: Binaries
  readonly #folder: ServerFolder
  readonly #password: string
  readonly #settings: Readonly<Record<string, string>>
  #running: { readonly server: ServerProcess; readonly ended: Promise<unknown> } | undefined

  private constructor(
    binaries: Binaries,
    folder: ServerFolder,
    password: string,
    port: number,
    settings: Readonly<Record<string, string>>,
  ) {
    this.#binaries = binaries
    this.#folder = folder
    this.#password = password
    this.port = port
    this.#settings = settings
  }

  /**
   * @param settings of postgresql.conf, on top of those of all tests
   * @param folder a new one by default
   * @param create creates the data in the folder, or finds what is there, and returns the password of `custos`
   */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    folder: ServerFolder = createServerFolder(),
    create: (binaries: Binaries, folder: string) => Promise<string> = createData,
  ): Promise<PostgresServer> {
    const found = findBinaries()
    if (found === undefined)
      throw new Error(`There is no PostgreSQL for ${process.platform} in node_modules.`)
    const binaries = reachable(found, folder.path)
    const password = await create(binaries, folder.path)
    const port = await freePort()
    const server = new PostgresServer(binaries, folder, password, port, { ...SETTINGS, ...settings })
    await server.start()
    return server
  }

  /** The address of a database, as a superuser. */
  url(database = 'postgres'): string {
    return `postgres://custos:${this.#password}@127.0.0.1:${this.port}/${database}`
  }

  /** The folder with its data and its configuration. */
  get data(): string {
    return join(this.#folder.path, 'data')
  }

  /** Starts it again, with the data that it had. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const own = { port: String(this.port), unix_socket_directories: this.#folder.path }
    const options = Object.entries({ ...own, ...this.#settings, ...settings })
    const args = options.flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(join(this.#binaries, 'bin/postgres'), ['-D', this.data, ...args], {
      ...SERVER_USER,
      cwd: this.#folder.path,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#running = { server, ended: once(server, 'close') }
    await isReady(server)
  }

  /** Stops it. Its processes have all ended then. */
  async stop(signal: StopSignal = 'SIGINT'): Promise<void> {
    const running = this.#running
    this.#running = undefined
    running?.server.kill(signal)
    await running?.ended
  }

  /** Stops it for good, and removes its data. */
  async remove(): Promise<void> {
    await this.stop('SIGQUIT')
    await this.#folder.remove()
  }
}

/** Resolves once a server accepts connections. What it logs is read as long as it runs: it would wait for a full pipe. */
async function isReady(server: ServerProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const log: string[] = []
  createInterface(server.stderr).on('line', (line) => {
    if (/ready to accept (read-only )?connections$/.test(line)) resolve()
    else log.push(line)
  })
  server.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log.join('\n')}`)))
  await promise
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
  return address.port
}
