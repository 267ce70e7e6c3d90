import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isDelete, messagesIn } from '../support/entries/truth.ts'
import type { OpenPage } from '../support/page/open-page.ts'
import { numberIn } from '../support/read.ts'

/** Custos's answers, as the page shows them. */
export function answerTests(page: () => OpenPage): void {
  const entries = () => page().custos.town.guild.log.since()
  const within = (days: number) => {
    const from = page().custos.clock.now() - days * 86_400_000
    return entries().filter(({ id }) => Number(BigInt(id) >> 22n) + 1_420_070_400_000 >= from)
  }
  const deletes = (days: number) => within(days).filter(isDelete)

  test('/audit recent shows the newest ten entries, with times in the reader’s locale', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit recent')
    const total = entries().length.toLocaleString('en')
    expect(await answer.innerText()).toContain(`1–10 of ${total}, newest first`)
    expect(await answer.innerText()).toMatch(/ vor \d+ (Minute|Stunde)n?/)
    await answer.locator('discord-command', { hasText: /Alice\s+used\s+audit recent/ }).waitFor()
  })

  test('/audit user counts the moderator’s entries', async () => {
    const tab = await page().open(0)
    const { moderators } = page().custos.town
    const answer = await tab.run('/audit user user:bruno')
    const own = within(90).filter(({ user_id }) => user_id === moderators[1]?.id)
    expect(numberIn(await tab.field(answer, 'Actions'))).toBe(own.length)
  })

  test('/audit deletes counts messages, and Next and Previous change the page', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit deletes since:30d')
    expect(numberIn(await tab.field(answer, 'Messages deleted'))).toBe(messagesIn(deletes(30)))
    expect(numberIn(await tab.field(answer, 'Log entries'))).toBe(deletes(30).length)
    const shown = answer.locator('discord-embed').last()
    await answer.getByRole('button', { name: 'Next' }).click()
    await shown.getByText(`11–20 of ${deletes(30).length}`).waitFor()
    await answer.getByRole('button', { name: 'Previous' }).click()
    await shown.getByText(`1–10 of ${deletes(30).length}`).waitFor()
    expect(await answer.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true)
  })

  test('an entry chosen in the menu is shown in a message of its own', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit recent')
    await answer.getByRole('combobox').click()
    const id = entries().at(-2)?.id ?? ''
    await answer.locator(`[data-value="${id}"]`).click()
    await tab.answers.getByText(`Entry ${id}`).waitFor()
    expect(await tab.answers.count()).toBe(2)
  })

  test('/audit activity shows every moderator and a chart', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit activity')
    for (const { id } of page().custos.town.moderators.slice(0, 10)) {
      expect(await answer.locator(`[data-user="${id}"]`).count()).toBe(1)
    }
    const chart = answer.locator('.embed-image img')
    await chart.waitFor()
    expect(await chart.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBeGreaterThan(400)
  })

  test('/audit export sends a file with a line for every entry', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit export format:csv')
    const [download] = await Promise.all([
      tab.page.waitForEvent('download'),
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
    const tab = await page().open(0)
    expect(await (await tab.run(line)).innerText()).toContain(part)
  })

  test('/audit entry shows an entry by id', async () => {
    const tab = await page().open(0)
    const id = entries()[3]?.id ?? ''
    expect(await (await tab.run(`/audit entry id:${id}`)).innerText()).toContain(`Entry ${id}`)
  })

  test('other members do not see an answer, and may not use the buttons of a public one', async () => {
    const [member, other] = [await page().open(0), await page().open(1)]
    await member.run('/audit recent')
    expect(await member.answers.count()).toBe(1)
    expect(await other.answers.count()).toBe(0)
    await member.run('/audit recent public:true')
    await other.answers.first().getByRole('button', { name: 'Next' }).click()
    await other.answers.nth(1).getByText('Only you can see this').waitFor()
    expect(await other.answers.nth(1).innerText()).toMatch(/only the member who ran/i)
    expect(await member.answers.count()).toBe(2)
  })

  test('a dismissed message disappears', async () => {
    const tab = await page().open(0)
    const answer = await tab.run('/audit recent')
    await answer.getByText('Dismiss message').focus()
    await tab.press('Enter')
    await answer.waitFor({ state: 'detached' })
  })

  test('the context menus of members and messages run their commands', async () => {
    const tab = await page().open(0)
    const { guild, moderators, members, channels } = page().custos.town
    const [author] = members
    if (author) page().custos.discord.conversation.postAs(channels[0] ?? '', author, 'What did I miss?')
    await tab.page.getByRole('tab', { name: 'Members' }).click()
    await tab.page.locator('.member', { hasText: 'Bruno' }).click({ button: 'right' })
    await tab.page.getByRole('menuitem', { name: 'Audit: actions by' }).click()
    const own = within(90).filter(({ user_id }) => user_id === moderators[1]?.id)
    await tab.answers.first().locator('discord-embed').first().waitFor()
    expect(numberIn(await tab.field(tab.answers.first(), 'Actions'))).toBe(own.length)
    await tab.page.locator('discord-message', { hasText: 'What did I miss?' }).click({ button: 'right' })
    await tab.page.getByRole('menuitem', { name: 'Audit: deletes since this' }).click()
    await tab.answers.nth(1).getByText('No entries were found').waitFor()
    expect(guild.log.since().length).toBe(entries().length)
  })

  test('HTML in a message is shown as text', async () => {
    const tab = await page().open(0)
    const { members, channels, discord } = page().custos.town
    const [author] = members
    const text = '<img src=x onerror="document.title=1"> [a](javascript:document.title=1) **<b>bold</b>**'
    if (author) discord.conversation.postAs(channels[0] ?? '', author, text)
    const message = tab.page.locator('discord-message', { hasText: 'onerror' })
    expect(await message.locator('strong').innerText()).toBe('<b>bold</b>')
    expect(await message.locator('a, b, [src="x"]').count()).toBe(0)
    expect(await tab.page.title()).toBe('Custos demo')
  })
}
