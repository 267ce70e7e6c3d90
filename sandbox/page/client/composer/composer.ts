import type { CommandView, OptionView } from '../../state/page-state.ts'
import { failureText, sendRequest } from '../send-request.ts'
import { Draft, type InputId, type Problem } from './draft.ts'
import type { ComposerHost } from './host.ts'
import { valuesOf } from './pill.ts'
import { SuggestionList } from './suggestion-list.ts'

/** A value of an option, as it is shown and as it is sent. */
export interface PreparedValue {
  readonly option: string
  readonly text: string
  readonly value: string
}

/** The input in which messages and commands are typed. */
export class Composer {
  readonly draft = new Draft()
  readonly suggestions: SuggestionList
  /** The input that has the focus. */
  activeInput: InputId | undefined
  problem: Problem | undefined
  isSending = false
  readonly #host: ComposerHost
  #focusAfterRender: InputId | undefined

  constructor(host: ComposerHost) {
    this.#host = host
    this.suggestions = new SuggestionList(host)
  }

  clear(): void {
    this.draft.clear()
    this.problem = undefined
    this.#focusAfterRender = this.activeInput === undefined ? undefined : 'text'
    this.suggestions.close()
  }

  /** Puts a command with values in place of what is typed; the member goes on from there. */
  prepare(command: CommandView, values: readonly PreparedValue[]): void {
    this.problem = undefined
    this.draft.startCommand(command)
    for (const { option: name, text, value } of values) {
      const option = command.options.find((each) => each.name === name)
      if (option && !this.draft.pills.some((pill) => pill.option === option)) this.draft.addOption(option)
      const pill = this.draft.pills.find((each) => each.option === option)
      if (pill) Object.assign(pill, { text, chosen: value })
    }
    this.#focus(this.draft.nextEmpty())
  }

  /** The option whose value is being typed. */
  get option(): OptionView | undefined {
    return typeof this.activeInput === 'number' ? this.draft.pills[this.activeInput]?.option : undefined
  }

  onFocus(input: InputId): void {
    this.activeInput = input
    this.#suggest()
  }

  onBlur(): void {
    this.activeInput = undefined
    this.suggestions.close()
  }

  type(text: string): void {
    this.problem = undefined
    if (typeof this.activeInput === 'number') {
      const pill = this.draft.pills[this.activeInput]
      // A required option has an input already. Who types the command as the docs write it names the option again.
      if (pill) Object.assign(pill, { text: text === `${pill.option.name}:` ? '' : text, chosen: undefined })
    } else if (this.activeInput === 'rest') this.#typeRest(text)
    else this.#typeText(text)
    this.#suggest()
  }

  /** Accepts a suggestion; the selected one by default. */
  accept(index = this.suggestions.selected): void {
    const suggestion = this.suggestions.items[index]
    if (!suggestion) return
    const { command, pills } = this.draft
    if (command === undefined) {
      this.#startCommand(this.#host.state.commands.find(({ path }) => path === suggestion.value))
      return
    }
    const pill = typeof this.activeInput === 'number' ? pills[this.activeInput] : undefined
    if (pill) {
      Object.assign(pill, { text: suggestion.label, chosen: suggestion.value })
      this.#focus(this.draft.nextEmpty())
      return
    }
    const option = command.options.find(({ name }) => name === suggestion.value)
    if (option) this.#focus(this.draft.addOption(option))
  }

  removeOption(index: number): void {
    this.problem = undefined
    this.#focus(this.draft.removeOption(index))
  }

  backToText(): void {
    this.problem = undefined
    this.#focus(this.draft.backToText())
  }

  /** Focuses the input before or after the active one. */
  move(step: 1 | -1): void {
    const input = this.draft.neighbour(this.activeInput, step)
    if (input !== undefined) this.#focus(input)
  }

  async send(): Promise<void> {
    if (this.isSending) return
    const problem = this.draft.problem()
    if (problem) this.#mark(problem)
    else if (this.draft.command) await this.#sendCommand(this.draft.command)
    else await this.#sendText(this.draft.text)
  }

  /** Moves the focus to an input that has just been rendered. */
  afterRender(): void {
    if (this.#focusAfterRender === undefined) return
    const input = document.querySelector<HTMLInputElement>(`[data-input="${this.#focusAfterRender}"]`)
    this.#focusAfterRender = undefined
    input?.focus()
    input?.setSelectionRange(input.value.length, input.value.length)
  }

  async #sendCommand({ path }: CommandView): Promise<void> {
    const { sender } = this.#host
    this.isSending = true
    this.suggestions.close()
    this.#host.followEnd()
    const result = await sendRequest('command', { ...sender, path, values: valuesOf(this.draft.pills) })
    this.isSending = false
    if (result.type === 'rejected') return this.#mark({ option: result.option, text: result.message })
    this.clear()
    if (!this.#host.accept(result)) {
      this.#host.notify(failureText(result), {
        by: sender.as,
        command: path,
        kind: 'slash',
        target: undefined,
      })
    }
  }

  async #sendText(text: string): Promise<void> {
    if (text.trim() === '') return
    this.clear()
    this.#host.followEnd()
    await sendRequest('say', { ...this.#host.sender, text })
  }

  #typeText(text: string): void {
    this.draft.text = text
    this.#startCommand(this.#host.state.commands.find(({ path }) => text === `/${path} `))
  }

  #typeRest(text: string): void {
    this.draft.rest = text
    const option = this.draft.namedOption()
    if (option) this.#focus(this.draft.addOption(option))
  }

  #startCommand(command: CommandView | undefined): void {
    if (command) this.#focus(this.draft.startCommand(command))
  }

  /** Shows a problem and focuses the option it is about. */
  #mark(problem: Problem): void {
    this.problem = problem
    const option = this.draft.command?.options.find(({ name }) => name === problem.option)
    const index = this.draft.pills.findIndex((pill) => pill.option === option)
    if (option && index < 0) this.#focus(this.draft.addOption(option))
    else if (index >= 0) this.#focus(index)
    else this.#host.update()
  }

  #focus(input: InputId): void {
    this.activeInput = input
    this.#focusAfterRender = input
    this.#suggest()
  }

  #suggest(): void {
    this.suggestions.update(this.draft, this.activeInput)
  }
}
