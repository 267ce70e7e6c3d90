import type { Page as BrowserPage, Locator } from 'playwright-core'

/** The page in a browser tab, and what a member does there. */
export class PageTab {
  readonly page: BrowserPage

  constructor(page: BrowserPage) {
    this.page = page
  }

  /** Clears the composer, closes menus, opens the Sandbox panel, and waits until no messages are left. */
  async reset(): Promise<this> {
    // A tab in the background is rarely rendered, and a click waits for a frame.
    await this.page.bringToFront()
    await this.page.keyboard.press('Escape')
    await this.page.keyboard.press('Escape')
    await this.page.locator('[data-input="text"]').fill('')
    await this.page.getByRole('tab', { name: 'Sandbox' }).click()
    await this.page.locator('discord-message').first().waitFor({ state: 'detached' })
    return this
  }

  /** Types into the composer. */
  async type(text: string): Promise<void> {
    await this.page.locator('[data-input]').last().focus()
    await this.page.keyboard.type(text)
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** The bot's messages. */
  get answers(): Locator {
    return this.page.locator('discord-message[bot]')
  }

  /**
   * Enters a command with options, such as `/audit deletes since:7d`, sends it and waits for the answer. Text is
   * inserted at once, not key by key: the page renders after every key.
   */
  async run(line: string): Promise<Locator> {
    const [, path = '', rest = ''] = /^(\/\w+ \w+) ?(.*)$/.exec(line) ?? []
    const before = await this.answers.count()
    await this.page.locator('[data-input]').last().focus()
    await this.page.keyboard.insertText(`${path} `)
    for (const [, name = '', value = ''] of rest.matchAll(/(\w+):(\S+)/g)) {
      if ((await this.page.locator('.pill', { hasText: name }).count()) === 0)
        await this.page.keyboard.insertText(`${name}:`)
      await this.page.keyboard.insertText(value)
      // A user must be a suggestion; text is sent as it is.
      if (name === 'user' || name === 'by') await this.press('Enter')
      else await this.press('Tab')
    }
    await this.press('Enter')
    const answer = this.answers.nth(before)
    await answer.locator('discord-embed').first().waitFor()
    return answer
  }

  /** The value of an answer's field. */
  async field(answer: Locator, name: string): Promise<string> {
    const field = answer.locator(`discord-embed-field[data-name="${name}"] > div`)
    return (await field.nth(1).innerText()).trim()
  }
}
