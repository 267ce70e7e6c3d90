import type { CommandView, OptionView } from '../../state/page-state.ts'
import { newPill, type Pill } from './pill.ts'

/** An input of the composer: the message text, an option by index, or the input after the options. */
export type InputId = 'text' | 'rest' | number

/** Why a message or command was not sent, and the option that is marked. */
export interface Problem {
  readonly option: string | undefined
  readonly text: string
}

/**
 * What is typed in the composer: a message, or a command with options. Methods that change the inputs return the one
 * to focus next.
 */
export class Draft {
  text = ''
  command: CommandView | undefined
  pills: readonly Pill[] = []
  /** The text after the options: the start of another option's name. */
  rest = ''

  clear(): void {
    this.text = ''
    this.command = undefined
    this.pills = []
    this.rest = ''
  }

  /** Replaces the text by a command with its required options. */
  startCommand(command: CommandView): InputId {
    this.clear()
    this.command = command
    this.pills = command.options.filter(({ required }) => required).map(newPill)
    return this.pills.length > 0 ? 0 : 'rest'
  }

  /** Replaces the command by its name as text. */
  backToText(): InputId {
    const { path = '' } = this.command ?? {}
    this.clear()
    this.text = `/${path}`
    return 'text'
  }

  addOption(option: OptionView): InputId {
    this.rest = ''
    this.pills = [...this.pills, newPill(option)]
    return this.pills.length - 1
  }

  removeOption(index: number): InputId {
    this.pills = this.pills.filter((_, other) => other !== index)
    return this.pills.length === 0 ? 'rest' : Math.max(0, index - 1)
  }

  /** The option that `rest` names: an option's name followed by a colon or space. */
  namedOption(): OptionView | undefined {
    const [, name] = /^(\w+)[:\s]$/.exec(this.rest) ?? []
    const given = this.pills.map(({ option }) => option.name)
    return this.command?.options.find((option) => option.name === name && !given.includes(option.name))
  }

  /** The input before or after another; undefined before the first. */
  neighbour(input: InputId | undefined, step: 1 | -1): InputId | undefined {
    const index = (typeof input === 'number' ? input : this.pills.length) + step
    if (index < 0) return undefined
    return index >= this.pills.length ? 'rest' : index
  }

  /** The first option without a value, or the input after the options. */
  nextEmpty(): InputId {
    const index = this.pills.findIndex(({ text }) => text.trim() === '')
    return index < 0 ? 'rest' : index
  }

  /** Why it cannot be sent; undefined if it can. */
  problem(): Problem | undefined {
    if (!this.command) {
      if (!this.text.startsWith('/')) return undefined
      return { option: undefined, text: `There is no command ${this.text.trim()}.` }
    }
    const empty = this.pills.find(({ text, option }) => text.trim() === '' && !option.required)
    const option = empty?.option.name
    return option === undefined ? undefined : { option, text: `The option “${option}” has no value.` }
  }
}
