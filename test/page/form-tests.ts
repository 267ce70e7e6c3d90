import { expect, test } from 'vitest'
import type { OpenPage } from '../support/page/open-page.ts'

/** How long a text in the form of **Go to…** can be. */
const LONGEST = 100

/** The forms that buttons open, as the page shows them. */
export function formTests(page: () => OpenPage): void {
  test('is a dialog: Escape closes it, Enter submits it, and the focus returns to its button', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit recent')
    const button = answer.getByRole('button', { name: 'Go to…' })
    const dialog = tab.page.getByRole('dialog', { name: 'Go to a page or a time' })
    const line = dialog.getByRole('textbox', { name: 'Page or time' })
    const open = async () => {
      await button.click()
      await dialog.waitFor()
    }
    await open()
    expect(await line.evaluate('document.activeElement.tagName')).toBe('INPUT')
    await tab.page.keyboard.type('13')
    await tab.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await tab.page.evaluate('document.activeElement.textContent.trim()')).toBe('Go to…')

    await open()
    expect(await line.inputValue()).toBe('')
    await tab.press('Enter')
    await dialog.getByRole('alert').getByText('“Page or time” is required.').waitFor()
    await tab.page.keyboard.insertText(`3${'0'.repeat(LONGEST)}`)
    expect(await line.inputValue()).toHaveLength(LONGEST)
    await line.fill('3')
    await tab.press('Enter')
    await answer.getByText(/21–30 of/).waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(await tab.page.locator('[data-input]').inputValue()).toBe('')
  })
}
