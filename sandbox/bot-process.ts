import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Discord } from './discord.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface BotProcessOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** The script to run, by its path in the project. */
  readonly script?: string
  /** A command to run instead of Node, such as `npm start`. Its process then leads a process group. */
  readonly command?: readonly [string, ...string[]]
  /** A file descriptor for its standard output, which is otherwise collected in `output`. */
  readonly stdout?: number
  /** Called with every message that the process sends to its parent. */
  readonly onMessage?: (message: unknown) => void
}

/** A bot as its operator runs it: a process, configured by its environment. */
export class BotProcess {
  readonly #discord: Discord
  readonly #token: string
  readonly #child: ChildProcess
  readonly #isGroup: boolean
  readonly #closed: Promise<unknown>
  #stdout = ''
  #stderr = ''

  constructor(discord: Discord, token: string, options: BotProcessOptions = {}) {
    const { environment, script = 'src/main.ts', onMessage, stdout = 'pipe' } = options
    const [file, ...args] = options.command ?? [process.execPath, script]
    this.#discord = discord
    this.#token = token
    this.#isGroup = options.command !== undefined
    this.#child = spawn(file, args, {
      cwd: ROOT,
      detached: this.#isGroup,
      stdio: ['ignore', stdout, 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
      env: {
        ...process.env,
        DISCORD_TOKEN: token,
        DISCORD_API: discord.api,
        DATABASE_URL: 'sqlite::memory:',
        ...environment,
      },
    })
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#stdout += chunk
    })
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr += chunk
    })
    if (onMessage) this.#child.on('message', onMessage)
    this.#closed = once(this.#child, 'close')
  }

  /** Sends a message to a process that has an `onMessage`. */
  send(message: number | string): void {
    if (this.#child.connected) this.#child.send(message)
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN
  }

  /** Everything it has written so far. */
  get output(): { readonly stdout: string; readonly stderr: string } {
    return { stdout: this.#stdout, stderr: this.#stderr }
  }

  /**
   * Resolves once it is connected and its commands are registered.
   * @throws Error with its output if it exits
   */
  async ready(): Promise<void> {
    while (this.#child.exitCode === null) {
      const application = this.#discord.world.applications.get(this.#token)
      const isConnected = application && this.#discord.gateway.isConnected(application.id)
      if (isConnected && application.commands.size > 0) return
      await sleep(20)
    }
    await this.#closed
    throw new Error(`The bot exited: ${this.#stderr || this.#stdout}`)
  }

  /**
   * Sends a signal and waits for the process to exit.
   * @returns its exit code; null if the signal killed it
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(signal)
    return this.ended()
  }

  /** Sends a signal to this process only. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Sends a signal to its process group, as a terminal does at Ctrl-C. Does nothing without a `command`. */
  signalGroup(signal: NodeJS.Signals): void {
    try {
      if (this.#isGroup) process.kill(-this.pid, signal)
    } catch {
      // The group has exited.
    }
  }

  /** Its standard output, for tests that stop reading it. */
  get log(): Readable | null {
    return this.#child.stdout
  }

  /** Resolves once the process has exited. Its output may not be read to the end yet. */
  async exited(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }

  /** Resolves with its exit code once it has exited and its output is read to the end. */
  async ended(): Promise<number | null> {
    await this.#closed
    return this.#child.exitCode
  }
}
