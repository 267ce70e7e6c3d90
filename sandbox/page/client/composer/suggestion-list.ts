import type { CommandView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'
import { type Pill, valuesOf } from './pill.ts'
import { commandsFor, fromChoice, optionsFor, type Suggestion, valuesFor } from './suggestions.ts'

/** How long typing pauses before the bot is asked what it offers, in milliseconds. */
const PAUSE = 120

/** What has been typed so far. */
interface Draft {
  readonly text: string
  readonly command: CommandView | undefined
  readonly pills: readonly Pill[]
  readonly rest: string
  readonly activeInput: 'text' | 'rest' | number | undefined
}

/** What is offered for what is being typed. */
export class SuggestionList {
  items: readonly Suggestion[] = []
  /** Which of them Enter takes; −1 where it sends. */
  selected = -1
  readonly #app: App
  #asked = 0
  /** Which option the bot was last asked about. */
  #about: Pill | undefined

  constructor(app: App) {
    this.#app = app
  }

  step(by: 1 | -1): void {
    const count = this.items.length
    if (count === 0) return
    this.selected = this.selected < 0 ? (by > 0 ? 0 : count - 1) : (this.selected + by + count) % count
    this.#app.update()
  }

  close(): void {
    this.#asked++
    this.#show([], false)
  }

  update(draft: Draft): void {
    const asked = ++this.#asked
    const pill = typeof draft.activeInput === 'number' ? draft.pills[draft.activeInput] : undefined
    if (draft.command === undefined) this.#commands(draft)
    else if (!pill) this.#options(draft.command, draft)
    else if (pill.chosen !== undefined) this.#show([], false)
    else if (!pill.option.hasAutocomplete) this.#values(pill)
    else this.#askLater(pill, draft, asked)
  }

  #commands({ text }: Draft): void {
    const found = text.startsWith('/') ? commandsFor(text.slice(1), this.#app.state.commands) : []
    const suggested = found.map(({ path, description }) => ({
      label: `/${path}`,
      hint: description,
      value: path,
    }))
    this.#show(suggested, true)
  }

  #options({ options }: CommandView, { pills, rest, activeInput: spot }: Draft): void {
    const given = pills.map(({ option }) => option.name)
    const found = spot === 'rest' ? optionsFor(rest, options, given) : []
    const suggested = found.map(({ name, description }) => ({ label: name, hint: description, value: name }))
    this.#show(suggested, rest !== '')
  }

  #values({ option, text }: Pill): void {
    this.#show(valuesFor(option, text, this.#app.state), text !== '' || option.type !== 'text')
  }

  #askLater(pill: Pill, draft: Draft, asked: number): void {
    // What was offered for something else goes, and Enter takes nothing that is not for what is typed now.
    this.#show(this.#about === pill ? this.items : [], false)
    this.#about = pill
    setTimeout(() => void this.#ask(pill, draft, asked), PAUSE)
  }

  async #ask(pill: Pill, { command, pills }: Draft, asked: number): Promise<void> {
    if (asked !== this.#asked || !command) return
    const { option, text } = pill
    const values = valuesOf(pills.filter((other) => other !== pill))
    const about = { ...this.#app.seat, path: command.path, option: option.name, text, values }
    const answer = await sendRequest('autocomplete', about)
    if (asked === this.#asked && answer.type === 'choices')
      this.#show(answer.choices.map(fromChoice), text !== '')
  }

  /** @param isTaken whether Enter takes the first of them */
  #show(list: readonly Suggestion[], isTaken: boolean): void {
    this.items = list
    this.selected = list.length > 0 && isTaken ? 0 : -1
    this.#app.update()
  }
}
