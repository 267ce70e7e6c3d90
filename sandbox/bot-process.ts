import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Discord } from './discord.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface BotProcessOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** What is run, by its path in the project. */
  readonly script?: string
  /** How it is run in the place of Node itself, such as `npm start`; then it is the leader of a process group. */
  readonly command?: readonly [string, ...string[]]
  /** Where its log goes, as a descriptor of a file; by default it is read. */
  readonly stdout?: number
  /** Is told what the process says to its parent. */
  readonly onMessage?: (message: unknown) => void
}

/** A bot as its operator runs it: a process of its own, set up by its environment. */
export class BotProcess {
  readonly #discord: Discord
  readonly #token: string
  readonly #child: ChildProcess
  readonly #grouped: boolean
  readonly #ended: Promise<unknown>
  #stdout = ''
  #stderr = ''

  constructor(discord: Discord, token: string, options: BotProcessOptions = {}) {
    const { environment, script = 'src/main.ts', onMessage, stdout = 'pipe' } = options
    const [file, ...args] = options.command ?? [process.execPath, script]
    this.#discord = discord
    this.#token = token
    this.#grouped = options.command !== undefined
    this.#child = spawn(file, args, {
      cwd: ROOT,
      detached: this.#grouped,
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
    this.#ended = once(this.#child, 'close')
  }

  /** Says something to a process that was given an `onMessage`. */
  tell(message: number | string): void {
    if (this.#child.connected) this.#child.send(message)
  }

  /** The number the operating system knows it by. */
  get pid(): number {
    return this.#child.pid ?? Number.NaN
  }

  /** What it has written so far. */
  get output(): { readonly stdout: string; readonly stderr: string } {
    return { stdout: this.#stdout, stderr: this.#stderr }
  }

  /**
   * Resolves once it is connected and its commands can be typed.
   * @throws Error with what it said when it ended instead
   */
  async ready(): Promise<void> {
    while (this.#child.exitCode === null) {
      const application = this.#discord.world.applications.get(this.#token)
      const connected = this.#discord.gateway.sessionsOf(application?.id ?? '').some(({ socket }) => socket)
      if (connected && application && application.commands.size > 0) return
      await sleep(20)
    }
    await this.#ended
    throw new Error(`The bot ended: ${this.#stderr || this.#stdout}`)
  }

  /** Ends it with a signal and gives its exit code; null when the signal itself ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(signal)
    return this.ended()
  }

  /** Sends a signal, to it alone. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Sends a signal to it and all it has started, as a terminal does at Ctrl-C. Only for one with a `command`. */
  signalGroup(signal: NodeJS.Signals): void {
    try {
      if (this.#grouped) process.kill(-this.pid, signal)
    } catch {
      // All of them have ended.
    }
  }

  /** Where its log is read, for those who stop reading it. */
  get log(): Readable | null {
    return this.#child.stdout
  }

  /** Resolves once the process is gone, even while what it wrote is still to be read. */
  async exited(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }

  /** Resolves with its exit code once it has ended and all it wrote is read. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }
}
