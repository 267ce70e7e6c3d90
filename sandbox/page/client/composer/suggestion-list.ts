import type { CommandView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { ask } from '../send-request.ts'
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
  readonly spot: 'text' | 'rest' | number | undefined
}

/** What is offered for what is being typed. */
export class Offers {
  list: readonly Suggestion[] = []
  /** Which of them Enter takes; −1 where it sends. */
  at = -1
  readonly #app: App
  #asked = 0
  /** Which option the bot was last asked about. */
  #about: Pill | undefined

  constructor(app: App) {
    this.#app = app
  }

  step(by: 1 | -1): void {
    const count = this.list.length
    if (count === 0) return
    this.at = this.at < 0 ? (by > 0 ? 0 : count - 1) : (this.at + by + count) % count
    this.#app.update()
  }

  close(): void {
    this.#asked++
    this.#show([], false)
  }

  suggest(draft: Draft): void {
    const asked = ++this.#asked
    const pill = typeof draft.spot === 'number' ? draft.pills[draft.spot] : undefined
    if (draft.command === undefined) this.#commands(draft)
    else if (!pill) this.#options(draft.command, draft)
    else if (pill.chosen !== undefined) this.#show([], false)
    else if (!pill.option.offers) this.#values(pill)
    else this.#askLater(pill, draft, asked)
  }

  #commands({ text }: Draft): void {
    const found = text.startsWith('/') ? commandsFor(text.slice(1), this.#app.know.commands) : []
    const offered = found.map(({ path, description }) => ({
      label: `/${path}`,
      hint: description,
      value: path,
    }))
    this.#show(offered, true)
  }

  #options({ options }: CommandView, { pills, rest, spot }: Draft): void {
    const given = pills.map(({ option }) => option.name)
    const found = spot === 'rest' ? optionsFor(rest, options, given) : []
    const offered = found.map(({ name, description }) => ({ label: name, hint: description, value: name }))
    this.#show(offered, rest !== '')
  }

  #values({ option, text }: Pill): void {
    this.#show(valuesFor(option, text, this.#app.know), text !== '' || option.sort !== 'text')
  }

  #askLater(pill: Pill, draft: Draft, asked: number): void {
    // What was offered for something else goes, and Enter takes nothing that is not for what is typed now.
    this.#show(this.#about === pill ? this.list : [], false)
    this.#about = pill
    setTimeout(() => void this.#ask(pill, draft, asked), PAUSE)
  }

  async #ask(pill: Pill, { command, pills }: Draft, asked: number): Promise<void> {
    if (asked !== this.#asked || !command) return
    const { option, text } = pill
    const values = valuesOf(pills.filter((other) => other !== pill))
    const about = { ...this.#app.seat, path: command.path, option: option.name, text, values }
    const answer = await ask('autocomplete', about)
    if (asked === this.#asked && answer.is === 'choices')
      this.#show(answer.choices.map(fromChoice), text !== '')
  }

  /** @param isTaken whether Enter takes the first of them */
  #show(list: readonly Suggestion[], isTaken: boolean): void {
    this.list = list
    this.at = list.length > 0 && isTaken ? 0 : -1
    this.#app.update()
  }
}
