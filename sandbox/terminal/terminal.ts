import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { styleText } from 'node:util'
import { buttonsOf, choicesOf, numberedChoices } from '../member-client/components.ts'
import type { MemberClient } from '../member-client/member-client.ts'
import type { Reply } from '../member-client/reply.ts'
import type { Message, SentFile } from '../world/message.ts'
import type { Modal } from '../world/modal.ts'
import { parseCommandLine } from './command-line.ts'
import { complete } from './complete.ts'
import { faint, type TextContext } from './render-markdown.ts'
import { renderMessage } from './render-message.ts'

const HELP =
  'Type /audit … (Tab completes), /custos …, a button such as next, a number to show that entry, or exit to end.'

/** What ends the prompt. */
const EXITS: readonly string[] = ['exit', 'quit']

/** What a terminal reads from and writes to. */
interface Streams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream & { readonly columns?: number }
}

/** Words that can be typed besides, and what each does. It returns what is printed. */
type Words = Readonly<Record<string, () => string>>

/** A Discord client in a terminal: sends typed commands to the bot and prints its replies. */
export class Terminal {
  readonly #client: MemberClient
  readonly #context: TextContext
  readonly #streams: Streams
  /** The last message and the last list that were shown; typed buttons can belong to either. */
  #last: Message | undefined
  #list: Message | undefined
  /** The form that the next line is typed into. */
  #form: Modal | undefined
  /** The folder of the files that replies have; created for the first. */
  #folder: string | undefined
  readonly #words: Words
  /** The posts that were printed. */
  readonly #posts = new WeakSet<Message>()
  #lines: Interface | undefined

  constructor(client: MemberClient, context: TextContext, streams: Streams, words: Words = {}) {
    this.#client = client
    this.#words = words
    this.#context = context
    this.#streams = streams
  }

  /** Prints a line as if it had been typed, and runs it. */
  async show(line: string): Promise<void> {
    this.#print(`${this.#promptText}${line}`)
    await this.#run(line)
  }

  /** Prints a message that was posted in a channel, once, if the member sees it. What is under it can be typed. */
  showPost(message: Message): void {
    if (this.#posts.has(message) || !this.#client.messagesIn(message.channelId).includes(message)) return
    this.#posts.add(message)
    const { guild } = this.#context
    const channel = guild.channels.get(message.channelId) ?? guild.threads.get(message.channelId)
    this.#print(`\n${faint(`In #${channel?.name ?? ''}:`)}`)
    this.#show(message)
    this.#lines?.prompt(true)
  }

  /** Runs lines from the input until `exit`, Ctrl-D or Ctrl-C. */
  async prompt(): Promise<void> {
    this.#print(faint(HELP))
    const lines = createInterface({
      ...this.#streams,
      prompt: this.#promptText,
      completer: (line: string, done: (error: null, completion: [string[], string]) => void) => {
        complete(line, this.#client, this.#context).then(
          (completion) => done(null, completion),
          () => done(null, [[], line]),
        )
      },
    })
    this.#lines = lines
    let open = true
    lines.once('close', () => {
      open = false
    })
    lines.prompt()
    for await (const line of lines) {
      if (!this.#form && EXITS.includes(line.trim())) break
      await this.#run(line.trim())
      lines.setPrompt(this.#promptText)
      if (open) lines.prompt()
    }
    this.#lines = undefined
    lines.close()
  }

  get #promptText(): string {
    if (this.#form) return `${styleText('green', this.#form.inputs[0]?.label ?? 'Text')} › `
    const user = this.#context.world.users.get(this.#client.userId)
    return `${styleText('green', user?.global_name ?? 'me')} › `
  }

  async #run(line: string): Promise<void> {
    if (line === '' && !this.#form) return
    try {
      const reply = await this.#send(line)
      if (!reply) return
      const { message } = reply
      this.#show(message)
      for (const file of message.files) this.#print(faint(`Saved as ${await this.#save(file)}`))
      this.#print('')
    } catch (error) {
      this.#print(
        styleText('red', error instanceof Error ? `${error.message}.`.replace(/\.\.$/, '.') : String(error)),
      )
    }
  }

  #show(message: Message): void {
    this.#last = message
    if (choicesOf(message).length > 0) this.#list = message
    this.#print(renderMessage(message, this.#context, Math.min(this.#streams.output.columns || 100, 120)))
  }

  /** Sends what a line says. Resolves with the reply, or with undefined if there is none to show. */
  async #send(line: string): Promise<Reply | undefined> {
    if (this.#form) return this.#submit(this.#form, line)
    if (line.startsWith('/')) {
      const { path, values } = parseCommandLine(line, this.#client.commands(), this.#context)
      return this.#client.command(path, values)
    }
    const word = this.#words[line.toLowerCase()]
    if (word) {
      this.#print(faint(word()))
      return undefined
    }
    if (this.#list && /^\d+$/.test(line)) {
      const choices = numberedChoices(this.#list)
      const choice = choices.find(({ number }) => number === Number(line))
      if (choice) return this.#client.choose(this.#list, choice.value)
      this.#print(faint(`Type a number from ${choices[0]?.number} to ${choices.at(-1)?.number}.`))
      return undefined
    }
    for (const message of [this.#last, this.#list]) {
      const button = message && buttonsOf(message).find(({ label }) => typedAs(label) === typedAs(line))
      if (button) return this.#press(message, button.label)
    }
    this.#print(faint(HELP))
    return undefined
  }

  /** Presses a button. If it opens a form, the next line is typed into that. */
  async #press(message: Message, label: string): Promise<Reply | undefined> {
    const reply = this.#client.sendClick(message, label)
    this.#form = await reply.modal()
    if (!this.#form) return reply
    const [input] = this.#form.inputs
    this.#print(styleText('bold', this.#form.title))
    this.#print(faint(`${input?.description ?? ''} (Enter alone cancels.)`.trimStart()))
    return undefined
  }

  /** Submits the form. It stays open if a client would not submit it. */
  async #submit(form: Modal, text: string): Promise<Reply | undefined> {
    const reply = text === '' ? undefined : await this.#client.submit(form, text)
    this.#form = undefined
    return reply
  }

  /** Saves a file of a reply, and returns its path. */
  async #save({ name, bytes }: SentFile): Promise<string> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'custos-demo-files-'))
    const path = join(this.#folder, basename(name))
    await writeFile(path, bytes)
    return path
  }

  #print(lines: string): void {
    this.#streams.output.write(`${lines}\n`)
  }
}

/** How a button is typed: in any case, and without the ellipsis of one that opens a form. */
function typedAs(label: string): string {
  return label.toLowerCase().replace(/(…|\.\.\.)$/, '')
}
