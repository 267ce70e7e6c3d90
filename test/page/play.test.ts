import { describe, expect, onTestFinished, test } from 'vitest'
import { WITHOUT_BROWSER } from '../../sandbox/browser.ts'
import { WIDE, withPage } from '../support/open-page.ts'
import { numberIn } from '../support/read.ts'

const [LIGHT, DARK] = ['rgb(255, 255, 255)', 'rgb(49, 51, 56)']

describe.skipIf(WITHOUT_BROWSER)('playing on the page', { timeout: 60_000 }, () => {
  const page = withPage()

  test('by keyboard alone: the list of commands, a required option, an offered value, the answer, the next page', async () => {
    const seat = await page().open(0)
    await seat.type('/')
    const suggestions = seat.tab.locator('#offers [role="option"]')
    await suggestions.first().waitFor()
    expect(await suggestions.allInnerTexts()).toContainEqual(expect.stringMatching(/^\/audit user\s+\S.+/))
    await seat.press('ArrowDown', 'Enter')
    expect(await seat.tab.locator('.slash').innerText()).toBe('/audit user')
    await seat.tab.keyboard.type('brun')
    await seat.press('Tab')
    expect(await seat.tab.locator('.pill input').inputValue()).toBe('Bruno')
    await seat.tab.keyboard.type('action:bans')
    await suggestions.first().filter({ hasText: 'Bans & kicks' }).waitFor()
    await seat.press('Enter', 'Enter')
    const answer = seat.answers.first()
    await answer.locator('discord-embed').first().waitFor()
    const bruno = page().stage.town.moderators[1]?.id
    const own = page()
      .stage.town.guild.log.since()
      .filter(({ user_id, action_type }) => user_id === bruno && [20, 21, 22, 23].includes(action_type ?? 0))
    expect(numberIn(await seat.field(answer, 'Actions'))).toBe(own.length)
    await answer.locator('.select').focus()
    await seat.press('Enter', 'ArrowDown', 'Enter')
    await seat.answers.getByText(`Entry ${own.at(-2)?.id}`).waitFor()
    await answer.getByRole('button', { name: 'Menu of this message' }).focus()
    await seat.press('Enter', 'ArrowDown', 'Escape')
    expect(await seat.tab.getByRole('menu').count()).toBe(0)
  })

  test('what Discord’s client would not send is marked, and nothing is sent', async () => {
    const seat = await page().open(0)
    const alert = seat.tab.getByRole('alert')
    await seat.type('/audit target ')
    await seat.press('Enter')
    await alert.getByText('The option “on” is required.').waitFor()
    expect(await seat.tab.locator('.pill.is-wrong span').innerText()).toBe('on')
    await seat.press('Escape', 'Escape')
    await seat.type('/audit recent limit:0')
    await seat.press('Enter')
    await alert.getByText('The option “limit” must be at least 1.').waitFor()
    await seat.press('Backspace')
    await seat.tab.keyboard.type('many')
    await seat.press('Enter')
    await alert.getByText('The option “limit” must be a number.').waitFor()
    await seat.press('Escape')
    await seat.type('/audit recent by:nobody')
    await seat.press('Enter')
    await alert.getByText('The option “by” must be a user.').waitFor()
    expect(await seat.answers.count()).toBe(0)
  })

  test('Backspace takes options away again, and then the command', async () => {
    const seat = await page().open(0)
    await seat.type('/audit recent since:')
    expect(await seat.tab.locator('.pill').count()).toBe(1)
    await seat.press('Backspace')
    expect(await seat.tab.locator('.pill').count()).toBe(0)
    await seat.press('Backspace')
    expect(await seat.tab.locator('[data-spot="text"]').inputValue()).toBe('/audit recent')
  })

  test('what is made to happen stands in Discord’s log and in the next answer, folded or not', async () => {
    const seat = await page().open(0)
    const before = await seat.ask('/audit deletes since:24h')
    const counted = numberIn(await seat.field(before, 'Messages deleted'))
    const form = seat.tab.locator('.deed')
    await form.locator('[name=who]').selectOption({ label: 'Chidi' })
    await form.locator('[name=count]').fill('5')
    for (let times = 1; times <= 2; times++) {
      await form.getByRole('button', { name: 'Do it' }).click()
      await seat.tab
        .locator('.log li')
        .first()
        .getByText(`×${5 * times}`)
        .waitFor()
    }
    const after = await seat.ask('/audit deletes since:24h')
    expect(numberIn(await seat.field(after, 'Messages deleted'))).toBe(counted + 10)
  })

  test('time passes: the guild lives on, and what happened is answered for', async () => {
    const seat = await page().open(0)
    const { guild, discord } = page().stage.town
    const [before, began] = [guild.log.since().length, discord.world.now()]
    await seat.tab.getByRole('button', { name: 'A week' }).click()
    await expect.poll(() => discord.world.now() - began, { timeout: 20_000 }).toBe(7 * 86_400_000)
    const entries = guild.log.since().length
    expect(entries - before).toBeGreaterThan(100)
    const answer = await seat.ask('/audit recent')
    expect(await answer.innerText()).toContain(`of ${entries.toLocaleString('en')}, newest first`)
  })

  test('a fault is said in the answer, the numbers stay, and it is mended', async () => {
    const seat = await page().open(0)
    await seat.tab.getByText('Break something').click()
    const refuses = seat.tab.getByRole('switch', { name: 'REST refuses' })
    await refuses.check()
    await expect.poll(() => page().stage.discord.fault?.('GET', '/guilds/1/audit-logs')).toBeDefined()
    const broken = await seat.ask('/audit recent')
    const total = page().stage.town.guild.log.since().length.toLocaleString('en')
    expect(await broken.innerText()).toContain('Discord could not be read')
    expect(await broken.innerText()).toContain(`of ${total}`)
    await refuses.uncheck()
    await expect.poll(() => page().stage.discord.fault?.('GET', '/guilds/1/audit-logs')).toBeUndefined()
    expect(await (await seat.ask('/audit recent')).innerText()).not.toContain('could not be read')
  })

  test('who becomes a member without View Audit Log sees no answers, is offered no commands and no menus', async () => {
    const seat = await page().open(0)
    await seat.ask('/audit recent')
    await seat.tab.getByRole('button', { name: /^You are/ }).click()
    await seat.tab.getByRole('menuitem', { name: /, a member$/ }).click()
    await seat.answers.first().waitFor({ state: 'detached' })
    await seat.type('/')
    expect(await seat.tab.locator('.offers').count()).toBe(0)
    await seat.type('audit recent')
    await seat.press('Enter')
    await seat.tab.getByText('There is no command /audit recent.').waitFor()
    await seat.tab.getByRole('tab', { name: 'Members' }).click()
    await seat.tab.locator('.member', { hasText: 'Bruno' }).click()
    expect(await seat.tab.getByRole('menuitem').allInnerTexts()).toEqual(['Be Bruno'])
    await seat.press('Escape')
    await seat.tab.getByRole('button', { name: /^You are/ }).click()
    await seat.tab.getByRole('menuitem', { name: /, an admin$/ }).click()
    await seat.answers.first().waitFor()
  })

  test('a moderator deletes a message from its menu, and the log has it', async () => {
    const seat = await page().open(0)
    const { members, channels, guild } = page().stage.town
    const [, author] = members
    if (author) page().stage.discord.conversation.postAs(channels[0] ?? '', author, 'Buy my coins')
    const message = seat.tab.locator('discord-message', { hasText: 'Buy my coins' })
    await message.click({ button: 'right' })
    await seat.tab.getByRole('menuitem', { name: 'Delete message' }).click()
    await message.waitFor({ state: 'detached' })
    expect(guild.log.since().at(-1)).toMatchObject({ action_type: 72, target_id: author?.id })
  })

  test('at 400 pixels nothing is wider than the page, and the drawers open and close', async () => {
    const seat = await page().open(0)
    onTestFinished(() => seat.tab.setViewportSize(WIDE))
    await seat.tab.setViewportSize({ width: 400, height: 800 })
    const overflow = () => seat.tab.evaluate('document.documentElement.scrollWidth - innerWidth')
    await seat.ask('/audit deletes')
    expect(await overflow()).toBe(0)
    const widest =
      'Math.max(...[...document.querySelectorAll("discord-embed")].map((e) => e.getBoundingClientRect().right))'
    expect(await seat.tab.evaluate(widest)).toBeLessThanOrEqual(400)
    await seat.tab.getByRole('button', { name: 'Channels' }).click()
    await seat.tab.getByRole('button', { name: 'help' }).click()
    await seat.tab.getByRole('heading', { name: 'Welcome to #help' }).waitFor()
    await seat.tab.getByRole('button', { name: 'Backstage and members' }).click()
    await seat.tab.getByRole('button', { name: 'Close' }).click()
    expect(await overflow()).toBe(0)
  })

  test('it is dark or light as the reader’s system is, until they say otherwise', async () => {
    const { tab } = await page().open(0)
    const ground = () => tab.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await ground()).toBe(LIGHT)
    onTestFinished(() => tab.emulateMedia({ colorScheme: 'light' }))
    await tab.emulateMedia({ colorScheme: 'dark' })
    const reload = async () => {
      await tab.reload()
      await tab.locator('.shell').waitFor()
    }
    await reload()
    expect(await ground()).toBe(DARK)
    await tab.getByRole('button', { name: 'Switch to the light theme' }).click()
    expect(await ground()).toBe(LIGHT)
    await reload()
    expect(await ground()).toBe(LIGHT)
  })
})
