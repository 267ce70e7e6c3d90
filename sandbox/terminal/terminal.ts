import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { buttonsOf, choicesOf } from '../member-client/components.ts'
import type { MemberClient } from '../member-client/member-client.ts'
import type { Reply } from '../member-client/reply.ts'
import { asString } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import { parseCommandLine } from './command-line.ts'
import { complete } from './complete.ts'
import { faint, type TextContext } from './render-markdown.ts'
import { renderMessage } from './render-message.ts'

const HELP =
  'Type /audit … (Tab completes), next or previous for another page, or a number to show that entry.'

/** A Discord client in a terminal: sends typed commands to the bot and prints its replies. */
export class Terminal {
  readonly #client: MemberClient
  readonly #context: TextContext
  /** The last message and the last list that were shown; typed buttons can belong to either. */
  #last: Message | undefined
  #list: Message | undefined

  constructor(client: MemberClient, context: TextContext) {
    this.#client = client
    this.#context = context
  }

  /** Prints a line as if it had been typed, and runs it. */
  async show(line: string): Promise<void> {
    print(`${this.#promptText}${line}`)
    await this.#run(line)
  }

  /** Runs lines from standard input until it ends or Ctrl-C. */
  async prompt(): Promise<void> {
    print(faint(HELP))
    const lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      prompt: this.#promptText,
      completer: (line: string, done: (error: null, completion: [string[], string]) => void) => {
        complete(line, this.#client, this.#context).then(
          (completion) => done(null, completion),
          () => done(null, [[], line]),
        )
      },
    })
    let open = true
    lines.once('close', () => {
      open = false
    })
    lines.prompt()
    for await (const line of lines) {
      await this.#run(line.trim())
      if (open) lines.prompt()
    }
  }

  get #promptText(): string {
    const user = this.#context.world.users.get(this.#client.userId)
    return `${styleText('green', user?.global_name ?? 'me')} › `
  }

  async #run(line: string): Promise<void> {
    if (line === '') return
    try {
      const reply = await this.#send(line)
      if (!reply) {
        print(faint(HELP))
        return
      }
      const { message } = reply
      this.#last = message
      if (choicesOf(message).length > 0) this.#list = message
      print(`${renderMessage(message, this.#context, Math.min(process.stdout.columns ?? 100, 120))}\n`)
    } catch (error) {
      print(
        styleText('red', error instanceof Error ? `${error.message}.`.replace(/\.\.$/, '.') : String(error)),
      )
    }
  }

  async #send(line: string): Promise<Reply | undefined> {
    if (line.startsWith('/')) {
      const { path, values } = parseCommandLine(line, this.#client.commands(), this.#context)
      return this.#client.command(path, values)
    }
    if (this.#list && /^\d+$/.test(line)) {
      const value = asString(choicesOf(this.#list)[Number(line) - 1]?.value)
      return this.#client.choose(this.#list, value ?? line)
    }
    for (const message of [this.#last, this.#list]) {
      const button =
        message && buttonsOf(message).find(({ label }) => label.toLowerCase() === line.toLowerCase())
      if (button) return this.#client.click(message, button.label)
    }
    return undefined
  }
}

function print(lines: string): void {
  process.stdout.write(`${lines}\n`)
}
