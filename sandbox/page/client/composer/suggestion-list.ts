import type { CommandView } from '../../state/page-state.ts'
import { sendRequest } from '../send-request.ts'
import type { Draft, InputId } from './draft.ts'
import type { ComposerHost } from './host.ts'
import { type Pill, valuesOf } from './pill.ts'
import { commandsFor, fromChoice, optionsFor, type Suggestion, valuesFor } from './suggestions.ts'

/** How long typing must pause before choices are requested from the bot, in milliseconds. */
const DEBOUNCE = 120

/** The suggestions for what is being typed. */
export class SuggestionList {
  items: readonly Suggestion[] = []
  /** The index that Enter accepts; −1 if Enter sends. */
  selected = -1
  readonly #host: ComposerHost
  /** Identifies the newest update, so that late answers to earlier ones are ignored. */
  #updateId = 0
  /** The option whose choices were requested last. */
  #requestedFor: Pill | undefined

  constructor(host: ComposerHost) {
    this.#host = host
  }

  /** Selects the next or previous suggestion. */
  step(by: 1 | -1): void {
    const count = this.items.length
    if (count === 0) return
    this.selected = this.selected < 0 ? (by > 0 ? 0 : count - 1) : (this.selected + by + count) % count
    this.#host.update()
  }

  close(): void {
    this.#updateId++
    this.#show([], false)
  }

  update(draft: Draft, input: InputId | undefined): void {
    const id = ++this.#updateId
    const pill = typeof input === 'number' ? draft.pills[input] : undefined
    if (draft.command === undefined) this.#showCommands(draft)
    else if (!pill) this.#showOptions(draft.command, draft, input)
    else if (pill.chosen !== undefined) this.#show([], false)
    else if (!pill.option.hasAutocomplete) this.#showValues(pill)
    else this.#requestLater(draft.command, pill, draft.pills, id)
  }

  #showCommands({ text }: Draft): void {
    const found = text.startsWith('/') ? commandsFor(text.slice(1), this.#host.state.commands) : []
    this.#show(
      found.map(({ path, description }) => ({ label: `/${path}`, hint: description, value: path })),
      true,
    )
  }

  #showOptions({ options }: CommandView, { pills, rest }: Draft, input: InputId | undefined): void {
    const given = pills.map(({ option }) => option.name)
    const found = input === 'rest' ? optionsFor(rest, options, given) : []
    this.#show(
      found.map(({ name, description }) => ({ label: name, hint: description, value: name })),
      rest !== '',
    )
  }

  #showValues({ option, text }: Pill): void {
    this.#show(valuesFor(option, text, this.#host.state), text !== '' || option.type !== 'text')
  }

  #requestLater(command: CommandView, pill: Pill, pills: readonly Pill[], id: number): void {
    // Suggestions for another option are removed, and Enter accepts none that were made for an earlier text.
    this.#show(this.#requestedFor === pill ? this.items : [], false)
    this.#requestedFor = pill
    setTimeout(() => void this.#request(command, pill, pills, id), DEBOUNCE)
  }

  async #request({ path }: CommandView, pill: Pill, pills: readonly Pill[], id: number): Promise<void> {
    if (id !== this.#updateId) return
    const { option, text } = pill
    const values = valuesOf(pills.filter((other) => other !== pill))
    const request = { ...this.#host.sender, path, option: option.name, text, values }
    const result = await sendRequest('autocomplete', request)
    if (id === this.#updateId && result.type === 'choices')
      this.#show(result.choices.map(fromChoice), text !== '')
  }

  #show(items: readonly Suggestion[], selectFirst: boolean): void {
    this.items = items
    this.selected = items.length > 0 && selectFirst ? 0 : -1
    this.#host.update()
  }
}
