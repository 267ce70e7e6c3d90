import { describe, expect, onTestFinished, test } from 'vitest'
import { launchBrowser, WITHOUT_BROWSER } from '../../sandbox/browser.ts'
import { Page } from '../../sandbox/page/page.ts'
import { defaultPopulation } from '../../sandbox/town/default-population.ts'
import { openDiscord } from '../support/open-discord.ts'
import { openTab } from '../support/page/open-tab.ts'
import type { PageTab } from '../support/page/page-tab.ts'
import { ManualBot, saying } from '../support/sandbox/manual-bot.ts'

const [SHOW, UPDATE, MODAL] = [4, 7, 9]

const GO_TO = {
  components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Go to…', custom_id: 'goto' }] }],
}

const FORM = {
  custom_id: 'goto',
  title: 'Go to',
  components: [
    {
      type: 18,
      label: 'Page or date',
      description: 'Such as 12',
      component: { type: 4, custom_id: 'text', style: 1, placeholder: '12', min_length: 2, max_length: 5 },
    },
  ],
}

/** A page whose bot has answered with a message that has a button. */
async function openPage(): Promise<{ bot: ManualBot; tab: PageTab }> {
  const here = await openDiscord()
  const bot = await ManualBot.start(here)
  const playground = {
    town: here.town,
    bot: {
      state: 'connected' as const,
      lastLogMessage: '',
      onChange: undefined,
      start: async () => {},
      stop: async () => {},
    },
    population: defaultPopulation,
    perDay: 0,
    suggestedMembers: [{ id: bot.moderator.userId, description: 'an admin' }],
    setTime: () => {},
  }
  const [page, browser] = await Promise.all([Page.open(playground, 0), launchBrowser()])
  const problems: string[] = []
  onTestFinished(async () => {
    await browser.close()
    await page.close()
    expect(problems).toEqual([])
  })
  const tab = await openTab(await browser.newPage(), page.address, problems)
  bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), SHOW, saying('page 1', GO_TO))
  await tab.page.getByText('page 1').waitFor()
  return { bot, tab }
}

describe.skipIf(WITHOUT_BROWSER)('a form on the page', { timeout: 60_000 }, () => {
  test('is a dialog: Escape closes it, Enter submits it, and the focus returns to its button', async () => {
    const { bot, tab } = await openPage()
    const button = tab.page.getByRole('button', { name: 'Go to…' })
    const dialog = tab.page.getByRole('dialog', { name: 'Go to' })
    const line = dialog.getByRole('textbox', { name: 'Page or date' })
    const open = async () => {
      await button.click()
      await bot.answer(await bot.interaction(), MODAL, FORM)
      await dialog.waitFor()
    }
    await open()
    expect(await line.evaluate('document.activeElement.placeholder')).toBe('12')
    await tab.page.keyboard.type('13')
    await tab.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await tab.page.evaluate('document.activeElement.textContent.trim()')).toBe('Go to…')

    await open()
    expect(await line.inputValue()).toBe('')
    await tab.press('Enter')
    await dialog.getByRole('alert').getByText('“Page or date” is required.').waitFor()
    await tab.page.keyboard.type('1')
    await tab.press('Enter')
    await dialog.getByRole('alert').getByText('“Page or date” must have at least 2 characters.').waitFor()
    await tab.page.keyboard.type('23456')
    expect(await line.inputValue()).toBe('12345')
    await tab.press('Enter')
    const submit = await bot.interaction()
    expect(submit.data).toMatchObject({ custom_id: 'goto', components: [{ component: { value: '12345' } }] })
    await bot.answer(submit, UPDATE, saying('page 12345'))
    await tab.page.getByText('page 12345').waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(await tab.page.locator('[data-input]').inputValue()).toBe('')
  })
})
