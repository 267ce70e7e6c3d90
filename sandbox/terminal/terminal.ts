import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { buttonsOf, choicesOf } from '../member-client/components.ts'
import type { MemberClient } from '../member-client/member-client.ts'
import type { Reply } from '../member-client/reply.ts'
import { asString } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import { parseCommandLine } from './command-line.ts'
import { complete } from './complete.ts'
import { renderMessage } from './render-message.ts'
import { faint, type TextContext } from './styled-text.ts'

const HELP =
  'Type /audit … (Tab completes), next or previous to turn a page, a number to show that entry whole.'

/** Discord in a terminal: what is typed goes to the bot as a member's, and what they would see is printed. */
export class Terminal {
  readonly #operator: MemberClient
  readonly #place: TextContext
  /** The last message and the last list that were shown: what is typed may be for either. */
  #last: Message | undefined
  #list: Message | undefined

  constructor(client: MemberClient, place: TextContext) {
    this.#operator = client
    this.#place = place
  }

  /** Runs a line as if it had been typed, and shows it. */
  async show(line: string): Promise<void> {
    print(`${this.#mark}${line}`)
    await this.#run(line)
  }

  /** Takes lines until the end of the input or Ctrl-C. */
  async prompt(): Promise<void> {
    print(faint(HELP))
    const lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      prompt: this.#mark,
      completer: (line: string, done: (error: null, completion: [string[], string]) => void) => {
        complete(line, this.#operator, this.#place).then(
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

  get #mark(): string {
    const user = this.#place.world.users.get(this.#operator.userId)
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
      print(`${renderMessage(message, this.#place, Math.min(process.stdout.columns ?? 100, 120))}\n`)
    } catch (error) {
      print(
        styleText('red', error instanceof Error ? `${error.message}.`.replace(/\.\.$/, '.') : String(error)),
      )
    }
  }

  async #send(line: string): Promise<Reply | undefined> {
    if (line.startsWith('/')) {
      const { path, values } = parseCommandLine(line, this.#operator.commands(), this.#place)
      return this.#operator.command(path, values)
    }
    if (this.#list && /^\d+$/.test(line)) {
      const value = asString(choicesOf(this.#list)[Number(line) - 1]?.value)
      return this.#operator.choose(this.#list, value ?? line)
    }
    for (const message of [this.#last, this.#list]) {
      const button =
        message && buttonsOf(message).find(({ label }) => label.toLowerCase() === line.toLowerCase())
      if (button) return this.#operator.click(message, button.label)
    }
    return undefined
  }
}

function print(lines: string): void {
  process.stdout.write(`${lines}\n`)
}
