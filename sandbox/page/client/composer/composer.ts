import type { CommandView, OptionView } from '../../state/page-state.ts'
import { type App, failureText } from '../app.ts'
import { sendRequest } from '../send-request.ts'
import { newPill, type Pill, valuesOf } from './pill.ts'
import { SuggestionList } from './suggestion-list.ts'

/** Which of its inputs has the keyboard: the text itself, one of the options, or what comes after them. */
export type InputId = 'text' | 'rest' | number

/** Where a message is written or a command put together. */
export class Composer {
  text = ''
  command: CommandView | undefined
  pills: Pill[] = []
  /** What is typed after the options: the name of the next. */
  rest = ''
  activeInput: InputId | undefined
  problem: { readonly option: string | undefined; readonly why: string } | undefined
  isSending = false
  readonly suggestions: SuggestionList
  readonly #app: App
  #wanted: InputId | undefined

  constructor(app: App) {
    this.#app = app
    this.suggestions = new SuggestionList(app)
  }

  clear(): void {
    Object.assign(this, { text: '', command: undefined, pills: [], rest: '', wrong: undefined })
    this.#wanted = this.activeInput === undefined ? undefined : 'text'
    this.suggestions.close()
  }

  /** The option whose value is being typed. */
  get option(): OptionView | undefined {
    return typeof this.activeInput === 'number' ? this.pills[this.activeInput]?.option : undefined
  }

  focus(spot: InputId): void {
    this.activeInput = spot
    this.suggestions.update(this)
  }

  blur(): void {
    this.activeInput = undefined
    this.suggestions.close()
  }

  type(text: string): void {
    this.problem = undefined
    if (typeof this.activeInput === 'number') {
      const pill = this.pills[this.activeInput]
      if (pill) Object.assign(pill, { text, chosen: undefined })
    } else if (this.activeInput === 'rest') this.#typeRest(text)
    else this.#typeText(text)
    this.suggestions.update(this)
  }

  /** Takes what is offered. */
  accept(index = this.suggestions.selected): void {
    const taken = this.suggestions.items[index]
    if (!taken) return
    if (this.command === undefined) {
      this.begin(this.#app.state.commands.find(({ path }) => path === taken.value))
      return
    }
    const pill = typeof this.activeInput === 'number' ? this.pills[this.activeInput] : undefined
    if (pill) {
      Object.assign(pill, { text: taken.label, chosen: taken.value })
      this.#goOn()
      return
    }
    const option = this.command.options.find(({ name }) => name === taken.value)
    if (option) this.#add(option)
  }

  /** Takes up a command, with the options it cannot do without. */
  begin(command: CommandView | undefined): void {
    if (!command) return
    this.command = command
    this.text = ''
    this.pills = command.options.filter(({ required }) => required).map(newPill)
    this.#want(this.pills.length > 0 ? 0 : 'rest')
  }

  removePill(index: number): void {
    this.pills = this.pills.filter((_, other) => other !== index)
    this.problem = undefined
    this.#want(this.pills.length === 0 ? 'rest' : Math.max(0, index - 1))
  }

  /** Gives the command up again, as text. */
  giveUp(): void {
    const { path = '' } = this.command ?? {}
    this.clear()
    this.text = `/${path}`
    this.#want('text')
  }

  /** Goes to the option before or after; past the last comes the name of another. */
  move(by: 1 | -1): void {
    const from = typeof this.activeInput === 'number' ? this.activeInput : this.pills.length
    const to = from + by
    if (to >= 0) this.#want(to >= this.pills.length ? 'rest' : to)
  }

  async send(): Promise<void> {
    if (this.isSending) return
    if (!this.command) return this.#say()
    const empty = this.pills.find(({ text, option }) => text.trim() === '' && !option.required)
    if (empty)
      return this.#mark({ option: empty.option.name, why: `The option “${empty.option.name}” has no value.` })
    const { path } = this.command
    const { as } = this.#app
    this.isSending = true
    this.suggestions.close()
    const answer = await sendRequest('command', { ...this.#app.seat, path, values: valuesOf(this.pills) })
    this.isSending = false
    if (answer.type === 'wrong') return this.#mark({ option: answer.option, why: answer.why })
    this.clear()
    if (answer.type === 'unanswered')
      this.#app.notify(failureText(answer), { by: as, command: path, of: 'slash', target: undefined })
  }

  /** The spot that is to have the keyboard now that it is on the page. */
  afterShow(): void {
    if (this.#wanted === undefined) return
    const input = document.querySelector<HTMLInputElement>(`[data-spot="${this.#wanted}"]`)
    this.#wanted = undefined
    input?.focus()
    input?.setSelectionRange(input.value.length, input.value.length)
  }

  async #say(): Promise<void> {
    const { text } = this
    if (text.trim() === '') return
    if (text.startsWith('/'))
      return this.#mark({ option: undefined, why: `There is no command ${text.trim()}.` })
    this.clear()
    await sendRequest('say', { ...this.#app.seat, text })
  }

  #typeText(text: string): void {
    this.text = text
    const named = this.#app.state.commands.find(({ path }) => text === `/${path} `)
    if (named) this.begin(named)
  }

  /** The name of an option and a colon is the option, as is its name alone and a space. */
  #typeRest(text: string): void {
    this.rest = text
    const [, name] = /^(\w+)[:\s]$/.exec(text) ?? []
    const given = this.pills.map(({ option }) => option.name)
    const named = this.command?.options.find((option) => option.name === name && !given.includes(option.name))
    if (named) this.#add(named)
  }

  #add(option: OptionView): void {
    this.rest = ''
    this.pills = [...this.pills, newPill(option)]
    this.#want(this.pills.length - 1)
  }

  /** Once an option has its value, on to the next that is needed, or to those that could be added. */
  #goOn(): void {
    const needed = this.pills.findIndex(({ text }) => text.trim() === '')
    this.#want(needed < 0 ? 'rest' : needed)
  }

  #mark(wrong: { readonly option: string | undefined; readonly why: string }): void {
    this.problem = wrong
    const option = this.command?.options.find(({ name }) => name === wrong.option)
    const index = this.pills.findIndex((pill) => pill.option === option)
    if (option && index < 0) this.#add(option)
    else if (index >= 0) this.#want(index)
    else this.#app.update()
  }

  #want(spot: InputId): void {
    this.activeInput = spot
    this.#wanted = spot
    this.suggestions.update(this)
  }
}
