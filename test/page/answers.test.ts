import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { WITHOUT_BROWSER } from '../../sandbox/browser.ts'
import { withPage } from '../support/open-page.ts'
import { numberIn } from '../support/read.ts'
import { messagesIn } from '../support/truth.ts'

describe.skipIf(WITHOUT_BROWSER)('answers on the page', { timeout: 60_000 }, () => {
  const page = withPage()
  const entries = () => page().stage.town.guild.log.since()
  const within = (days: number) => {
    const from = page().stage.clock.now() - days * 86_400_000
    return entries().filter(({ id }) => Number(BigInt(id) >> 22n) + 1_420_070_400_000 >= from)
  }
  const deletes = (days: number) =>
    within(days).filter(({ action_type }) => action_type === 72 || action_type === 73)

  test('/audit recent: the newest ten of all there are, with times in the reader’s own way of writing', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit recent')
    const total = entries().length.toLocaleString('en')
    expect(await answer.innerText()).toContain(`1–10 of ${total}, newest first`)
    expect(await answer.innerText()).toMatch(/\d{1,2}\. November 2026 um \d\d:\d\d/)
    await answer.locator('discord-command', { hasText: /Alice\s+used\s+audit recent/ }).waitFor()
  })

  test('/audit user counts what that moderator did', async () => {
    const seat = await page().open(0)
    const { moderators } = page().stage.town
    const answer = await seat.ask('/audit user user:bruno')
    const own = within(90).filter(({ user_id }) => user_id === moderators[1]?.id)
    expect(numberIn(await seat.field(answer, 'Actions'))).toBe(own.length)
  })

  test('/audit deletes counts messages, over pages that turn and turn back', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit deletes since:30d')
    expect(numberIn(await seat.field(answer, 'Messages deleted'))).toBe(messagesIn(deletes(30)))
    expect(numberIn(await seat.field(answer, 'Log entries'))).toBe(deletes(30).length)
    const shown = answer.locator('discord-embed').last()
    await answer.getByRole('button', { name: 'Next' }).click()
    await shown.getByText(`11–20 of ${deletes(30).length}`).waitFor()
    await answer.getByRole('button', { name: 'Previous' }).click()
    await shown.getByText(`1–10 of ${deletes(30).length}`).waitFor()
    expect(await answer.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true)
  })

  test('an entry chosen in the menu is shown whole, beside the list', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit recent')
    await answer.getByRole('combobox').click()
    const id = entries().at(-2)?.id ?? ''
    await answer.locator(`[data-value="${id}"]`).click()
    await seat.answers.getByText(`Entry ${id}`).waitFor()
    expect(await seat.answers.count()).toBe(2)
  })

  test('/audit activity shows every moderator and a chart that is there', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit activity')
    for (const { id } of page().stage.town.moderators.slice(0, 10)) {
      expect(await answer.locator(`[data-user="${id}"]`).count()).toBe(1)
    }
    const chart = answer.locator('.embed-image img')
    await chart.waitFor()
    expect(await chart.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBeGreaterThan(400)
  })

  test('/audit export gives a file that downloads, with a line for every entry', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit export format:csv')
    const [download] = await Promise.all([
      seat.tab.waitForEvent('download'),
      answer.locator('a[download]').click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/)
    expect(lines[0]).toMatch(/^\W?id,time,action,/)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(entries().map(({ id }) => id))
  })

  test.each([
    ['/audit target on:general', 'general'],
    ['/audit repeats min:2', 'times'],
    ['/audit status', 'Complete since'],
  ])('%s is answered', async (line, part) => {
    const seat = await page().open(0)
    expect(await (await seat.ask(line)).innerText()).toContain(part)
  })

  test('/audit entry shows one by its id', async () => {
    const seat = await page().open(0)
    const id = entries()[3]?.id ?? ''
    expect(await (await seat.ask(`/audit entry id:${id}`)).innerText()).toContain(`Entry ${id}`)
  })

  test('an answer is for the one who asked: another does not see it, and may not use one that is public', async () => {
    const [asker, other] = [await page().open(0), await page().open(1)]
    await asker.ask('/audit recent')
    expect(await asker.answers.count()).toBe(1)
    expect(await other.answers.count()).toBe(0)
    await asker.ask('/audit recent public:true')
    await other.answers.first().getByRole('button', { name: 'Next' }).click()
    await other.answers.nth(1).getByText('Only you can see this').waitFor()
    expect(await other.answers.nth(1).innerText()).toMatch(/only .*asked/i)
    expect(await asker.answers.count()).toBe(2)
  })

  test('what is dismissed is gone', async () => {
    const seat = await page().open(0)
    const answer = await seat.ask('/audit recent')
    await answer.getByText('Dismiss message').focus()
    await seat.press('Enter')
    await answer.waitFor({ state: 'detached' })
  })

  test('the menus of members and messages ask about them', async () => {
    const seat = await page().open(0)
    const { guild, moderators, members, channels } = page().stage.town
    const [author] = members
    if (author) page().stage.discord.conversation.postAs(channels[0] ?? '', author, 'What did I miss?')
    await seat.tab.getByRole('tab', { name: 'Members' }).click()
    await seat.tab.locator('.member', { hasText: 'Bruno' }).click({ button: 'right' })
    await seat.tab.getByRole('menuitem', { name: 'Audit: actions by' }).click()
    const own = within(90).filter(({ user_id }) => user_id === moderators[1]?.id)
    await seat.answers.first().locator('discord-embed').first().waitFor()
    expect(numberIn(await seat.field(seat.answers.first(), 'Actions'))).toBe(own.length)
    await seat.tab.locator('discord-message', { hasText: 'What did I miss?' }).click({ button: 'right' })
    await seat.tab.getByRole('menuitem', { name: 'Audit: deletes since this' }).click()
    await seat.answers.nth(1).getByText('No entries were found').waitFor()
    expect(guild.log.since().length).toBe(entries().length)
  })

  test('what members write stays text, whatever they write', async () => {
    const seat = await page().open(0)
    const { members, channels, discord } = page().stage.town
    const [author] = members
    const text = '<img src=x onerror="document.title=1"> [a](javascript:document.title=1) **<b>bold</b>**'
    if (author) discord.conversation.postAs(channels[0] ?? '', author, text)
    const message = seat.tab.locator('discord-message', { hasText: 'onerror' })
    expect(await message.locator('strong').innerText()).toBe('<b>bold</b>')
    expect(await message.locator('a, b, [src="x"]').count()).toBe(0)
    expect(await seat.tab.title()).toBe('Custos, tried in the browser')
  })
})
