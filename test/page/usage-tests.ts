import { expect, onTestFinished, test } from 'vitest'
import { type OpenPage, WIDE } from '../support/page/open-page.ts'
import { numberIn } from '../support/read.ts'
import { fieldIn, RestClient } from '../support/sandbox/rest-client.ts'

const [LIGHT, DARK] = ['rgb(255, 255, 255)', 'rgb(49, 51, 56)']

/** What a member can do on the page. The tests change the guild and the time. */
export function usageTests(page: () => OpenPage): void {
  test('the keyboard is enough: command list, required option, suggested value, answer, select menu', async () => {
    const tab = await page().open(0)
    await tab.type('/')
    const suggestions = tab.page.locator('#suggestions [role="option"]')
    await suggestions.first().waitFor()
    expect(await suggestions.allInnerTexts()).toContainEqual(expect.stringMatching(/^\/audit user\s+\S.+/))
    await tab.press('ArrowDown', 'Enter')
    expect(await tab.page.locator('.slash').innerText()).toBe('/audit user')
    await tab.page.keyboard.type('brun')
    await tab.press('Tab')
    expect(await tab.page.locator('.pill input').inputValue()).toBe('Bruno')
    await tab.page.keyboard.type('action:bans')
    await suggestions.first().filter({ hasText: 'Bans & kicks' }).waitFor()
    await tab.press('Enter', 'Enter')
    const answer = tab.answers.first()
    await answer.locator('discord-embed').first().waitFor()
    const bruno = page().custos.town.moderators[1]?.id
    const own = page()
      .custos.town.guild.log.since()
      .filter(({ user_id, action_type }) => user_id === bruno && [20, 21, 22, 23].includes(action_type ?? 0))
    expect(numberIn(await tab.field(answer, 'Actions'))).toBe(own.length)
    await answer.locator('.select').focus()
    await tab.press('Enter', 'ArrowDown', 'Enter')
    await tab.answers.getByText(`Entry ${own.at(-2)?.id}`).waitFor()
    await answer.getByRole('button', { name: 'Menu of this message' }).focus()
    await tab.press('Enter', 'ArrowDown', 'Escape')
    expect(await tab.page.getByRole('menu').count()).toBe(0)
  })

  test('what is typed or pasted anywhere on the page goes into the box, but not while a menu is open', async () => {
    const tab = await page().open(0)
    const box = tab.page.locator('[data-input="text"]')
    const count = tab.page.locator('.action-form [name=count]')
    await count.fill('12')
    await count.press('ControlOrMeta+a')
    await count.press('ControlOrMeta+c')
    await tab.page.keyboard.type('3')
    expect(await box.inputValue()).toBe('')
    await tab.page.locator('.top h1').click()
    await tab.press('ControlOrMeta+v')
    expect(await box.inputValue()).toBe('12')
    await box.fill('')
    await tab.page.getByRole('button', { name: /^You are/ }).click()
    await tab.page.keyboard.type('x')
    expect(await box.inputValue()).toBe('')
    await tab.press('Escape')
    await tab.page.keyboard.type('/aud')
    expect(await box.inputValue()).toBe('/aud')
  })

  test('the names of commands are shown whole, however narrow the page is', async () => {
    const tab = await page().open(0)
    onTestFinished(() => tab.page.setViewportSize(WIDE))
    for (const width of [1280, 1000, 730, 400]) {
      await tab.page.setViewportSize({ width, height: 800 })
      await tab.type('/')
      await tab.page.locator('.suggestion-label').first().waitFor()
      const cut =
        '[...document.querySelectorAll(".suggestion-label")].filter((e) => e.scrollWidth > e.clientWidth).length'
      expect(await tab.page.evaluate(cut), `${width} px`).toBe(0)
      await tab.page.locator('[data-input="text"]').fill('')
    }
  })

  test('an answer is scrolled to its end, also if its reader had scrolled up', async () => {
    const tab = await page().open(0)
    const fromEnd =
      '(({ scrollHeight, scrollTop, clientHeight }) => Math.round(scrollHeight - scrollTop - clientHeight))(document.querySelector(".messages"))'
    for (let times = 1; times <= 2; times++) {
      await tab.run('/audit activity')
      await expect.poll(() => tab.page.evaluate(fromEnd)).toBe(0)
      await tab.page.locator('.messages').evaluate((list) => list.scrollTo({ top: 0 }))
      await expect.poll(() => tab.page.evaluate(fromEnd)).toBeGreaterThan(100)
    }
  })

  test('a command can be typed as the docs write it, with the name of a required option', async () => {
    const tab = await page().open(0)
    await tab.type('/audit target on:bruno')
    expect(await tab.page.locator('.pill input').inputValue()).toBe('bruno')
    expect(await tab.page.locator('.pill').count()).toBe(1)
  })

  test('the messages stay at their end when they get more room just before a message comes', async () => {
    const tab = await page().open(0)
    await tab.run('/audit activity')
    const list = 'document.querySelector(".messages")'
    const fromEnd = () =>
      tab.page.evaluate(
        `(({ scrollHeight, scrollTop, clientHeight }) => Math.round(scrollHeight - scrollTop - clientHeight))(${list})`,
      )
    await tab.page.evaluate(`${list}.style.marginBottom = '100px'`)
    await expect.poll(fromEnd).toBe(0)
    // As when a command of several lines was sent: the list gets taller in one frame, which scrolls it up, and the
    // answer comes before the next frame, which tells of that.
    await tab.page.evaluate(`new Promise((resolve) => {
      const list = ${list}
      let isTaller = false
      new ResizeObserver(() => {
        if (isTaller) setTimeout(() => { list.lastElementChild.style.minHeight = list.scrollHeight + 500 + 'px' })
      }).observe(list)
      list.addEventListener('scroll', resolve, { once: true })
      isTaller = true
      list.style.marginBottom = ''
    })`)
    await expect.poll(fromEnd).toBe(0)
  })

  test('what its reader looks at stays where it is when an edit adds an embed above it', async () => {
    const tab = await page().open(0)
    const { conversation } = page().custos.discord
    const { members, channels } = page().custos.town
    const [author] = members
    if (!author) throw new Error('The town is empty.')
    const embed = { type: 'rich', description: 'A line\n'.repeat(60) }
    const message = conversation.postAs(channels[0] ?? '', author, '')
    const edit = (count: number) => {
      message.body = { content: '', embeds: Array.from({ length: count }, () => embed) }
      conversation.onChange?.(message)
    }
    edit(1)
    const embeds = tab.page.locator('discord-embed')
    await embeds.waitFor()
    await tab.page.locator('.messages').evaluate((list) => list.scrollTo({ top: 400 }))
    const top = () => embeds.last().evaluate((each) => Math.round(each.getBoundingClientRect().top))
    await expect.poll(top).toBeLessThan(0)
    const before = await top()
    edit(2)
    await expect.poll(() => embeds.count()).toBe(2)
    await expect.poll(top).toBe(before)
  })

  test('the audit log beside the messages says how long ago entries were, by a clock that does not stand still', async () => {
    const tab = await page().open(0)
    await tab.page.locator('.action-form').getByRole('button', { name: 'Do it' }).click()
    const newest = tab.page.locator('.log li').first().locator('time')
    await newest.getByText('jetzt').waitFor()
    for (const [seconds, text] of [
      [5, 'vor 5 Sekunden'],
      [115, 'vor 2 Minuten'],
    ] as const) {
      page().custos.clock.advance(seconds * 1000)
      await newest.getByText(text).waitFor()
    }
  })

  test('an input that Discord’s client would not send is marked, and nothing is sent', async () => {
    const tab = await page().open(0)
    const alert = tab.page.getByRole('alert')
    await tab.type('/audit target ')
    await tab.press('Enter')
    await alert.getByText('The option “on” is required.').waitFor()
    expect(await tab.page.locator('.pill.is-invalid span').innerText()).toBe('on')
    await tab.press('Escape', 'Escape')
    await tab.type('/audit recent limit:0')
    await tab.press('Enter')
    await alert.getByText('The option “limit” must be at least 1.').waitFor()
    await tab.press('Backspace')
    await tab.page.keyboard.type('many')
    await tab.press('Enter')
    await alert.getByText('The option “limit” must be a number.').waitFor()
    await tab.press('Escape')
    await tab.type('/audit recent by:nobody')
    await tab.press('Enter')
    await alert.getByText('The option “by” must be a user.').waitFor()
    expect(await tab.answers.count()).toBe(0)
  })

  test('Backspace removes options and then the command', async () => {
    const tab = await page().open(0)
    await tab.type('/audit recent since:')
    expect(await tab.page.locator('.pill').count()).toBe(1)
    await tab.press('Backspace')
    expect(await tab.page.locator('.pill').count()).toBe(0)
    await tab.press('Backspace')
    expect(await tab.page.locator('[data-input="text"]').inputValue()).toBe('/audit recent')
  })

  test('an action from the form is in Discord’s log and in the next answer, merged or not', async () => {
    const tab = await page().open(0)
    const before = await tab.run('/audit deletes since:24h')
    const counted = numberIn(await tab.field(before, 'Messages deleted'))
    const form = tab.page.locator('.action-form')
    await form.locator('[name=actor]').selectOption({ label: 'Chidi' })
    await form.locator('[name=count]').fill('5')
    for (let times = 1; times <= 2; times++) {
      await form.getByRole('button', { name: 'Do it' }).click()
      await tab.page
        .locator('.log li')
        .first()
        .getByText(`×${5 * times}`)
        .waitFor()
    }
    const after = await tab.run('/audit deletes since:24h')
    expect(numberIn(await tab.field(after, 'Messages deleted'))).toBe(counted + 10)
  })

  test('when time passes, members act and the next answer includes what they did', async () => {
    const tab = await page().open(0)
    const { guild, discord } = page().custos.town
    const [before, began] = [guild.log.since().length, discord.world.now()]
    await tab.page.getByRole('button', { name: 'A week' }).click()
    await expect.poll(() => discord.world.now() - began, { timeout: 20_000 }).toBe(7 * 86_400_000)
    const entries = guild.log.since().length
    expect(entries - before).toBeGreaterThan(100)
    const answer = await tab.run('/audit recent')
    expect(await answer.innerText()).toContain(`of ${entries.toLocaleString('en')}, newest first`)
  })

  test('a fault is stated in the answer, the numbers stay, and it can be switched off', async () => {
    const tab = await page().open(0)
    await tab.page.getByText('Break something').click()
    const fault = tab.page.getByRole('switch', { name: 'REST fails' })
    await fault.check()
    await expect.poll(() => page().custos.discord.fault?.('GET', '/guilds/1/audit-logs', {})).toBeDefined()
    const broken = await tab.run('/audit recent')
    const total = page().custos.town.guild.log.since().length.toLocaleString('en')
    expect(await broken.innerText()).toContain('Discord could not be read')
    expect(await broken.innerText()).toContain(`of ${total}`)
    await fault.uncheck()
    await expect.poll(() => page().custos.discord.fault?.('GET', '/guilds/1/audit-logs', {})).toBeUndefined()
    expect(await (await tab.run('/audit recent')).innerText()).not.toContain('could not be read')
  })

  test('a member without View Audit Log sees no answers, no commands and no menus', async () => {
    const tab = await page().open(0)
    await tab.run('/audit recent')
    await tab.page.getByRole('button', { name: /^You are/ }).click()
    await tab.page.getByRole('menuitem', { name: /, a member$/ }).click()
    await tab.answers.first().waitFor({ state: 'detached' })
    await tab.type('/')
    expect(await tab.page.locator('.suggestions').count()).toBe(0)
    await tab.type('audit recent')
    await tab.press('Enter')
    await tab.page.getByText('There is no command /audit recent.').waitFor()
    await tab.page.getByRole('tab', { name: 'Members' }).click()
    await tab.page.locator('.member', { hasText: 'Bruno' }).click()
    expect(await tab.page.getByRole('menuitem').allInnerTexts()).toEqual(['Switch to Bruno'])
    await tab.press('Escape')
    await tab.page.getByRole('button', { name: /^You are/ }).click()
    await tab.page.getByRole('menuitem', { name: /, an admin$/ }).click()
    await tab.answers.first().waitFor()
  })

  test('a moderator can delete a message from its menu, and the log has an entry', async () => {
    const tab = await page().open(0)
    const { members, channels, guild } = page().custos.town
    const [, author] = members
    if (author) page().custos.discord.conversation.postAs(channels[0] ?? '', author, 'Buy my coins')
    const message = tab.page.locator('discord-message', { hasText: 'Buy my coins' })
    await message.click({ button: 'right' })
    await tab.page.getByRole('menuitem', { name: 'Delete message' }).click()
    await message.waitFor({ state: 'detached' })
    expect(guild.log.since().at(-1)).toMatchObject({ action_type: 72, target_id: author?.id })
  })

  test('at 400 pixels nothing overflows, and the panels open and close', async () => {
    const tab = await page().open(0)
    onTestFinished(() => tab.page.setViewportSize(WIDE))
    await tab.page.setViewportSize({ width: 400, height: 800 })
    const overflow = () => tab.page.evaluate('document.documentElement.scrollWidth - innerWidth')
    await tab.run('/audit deletes')
    expect(await overflow()).toBe(0)
    const widest =
      'Math.max(...[...document.querySelectorAll("discord-embed")].map((e) => e.getBoundingClientRect().right))'
    expect(await tab.page.evaluate(widest)).toBeLessThanOrEqual(400)
    await tab.page.getByRole('button', { name: 'Channels' }).click()
    await tab.page.getByRole('button', { name: 'help' }).click()
    await tab.page.getByRole('heading', { name: 'Welcome to #help' }).waitFor()
    await tab.page.getByRole('button', { name: 'Sandbox and members' }).click()
    await tab.page.getByRole('button', { name: 'Close' }).click()
    expect(await overflow()).toBe(0)
    await tab.page.getByRole('button', { name: 'Channels' }).click()
    await tab.page.getByRole('button', { name: 'Switch to another member' }).click()
    await tab.page.getByRole('menuitem', { name: 'a moderator' }).click()
    await tab.page.locator('.veil').waitFor({ state: 'detached' })
  })

  test('the page follows the system’s theme until its reader chooses one', async () => {
    const tab = await page().open(0)
    const background = () => tab.page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await background()).toBe(LIGHT)
    onTestFinished(() => tab.page.emulateMedia({ colorScheme: 'light' }))
    await tab.page.emulateMedia({ colorScheme: 'dark' })
    const reload = async () => {
      await tab.page.reload()
      await tab.page.locator('.shell').waitFor()
    }
    await reload()
    expect(await background()).toBe(DARK)
    await tab.page.getByRole('button', { name: 'Switch to the light theme' }).click()
    expect(await background()).toBe(LIGHT)
    await reload()
    expect(await background()).toBe(LIGHT)
  })

  test('posts of Custos are shown as they come and are edited, mentions stand out, and other channels are marked', async () => {
    const tab = await page().open(1)
    const { discord, town } = page().custos
    const rest = new RestClient(discord.api, town.bot.token)
    const modLog = [...town.guild.channels.values()].find(({ name }) => name === 'mod-log')?.id ?? ''
    const roleId = town.roles.moderator.id
    town.roles.moderator.mentionable = true
    const ping = { content: `<@&${roleId}>`, allowed_mentions: { parse: [], roles: [roleId] } }
    const sent = await rest.post(`/channels/${modLog}/messages`, { ...ping, embeds: [{ title: '12 bans' }] })
    const channel = tab.page.locator('.channel', { hasText: 'mod-log' })
    await channel.locator('.mentions', { hasText: '1' }).waitFor()
    await channel.click()
    await tab.page.locator('discord-message[highlight]', { hasText: '12 bans' }).waitFor()
    expect(await channel.locator('.mentions').count()).toBe(0)
    await rest.patch(`/channels/${modLog}/messages/${fieldIn(sent, 'id')}`, {
      allowed_mentions: { parse: [] },
      embeds: [{ title: '13 bans' }],
    })
    await tab.page.locator('discord-message', { hasText: '13 bans' }).waitFor()
    await tab.page.locator('.channel', { hasText: 'general' }).click()
  })

  test('a raid happens at the press of a button', async () => {
    const tab = await page().open(0)
    const { guild } = page().custos.town
    const bans = () => guild.log.since().filter(({ action_type }) => action_type === 22).length
    const before = bans()
    await tab.page.getByRole('button', { name: 'Raid' }).click()
    await expect.poll(bans).toBe(before + 40)
    await tab.page.getByText('For a minute, much happens at once.').waitFor()
  })

  test('a feed is prepared in the box, as somebody who may set it', async () => {
    const tab = await page().open(1)
    await tab.page.getByRole('button', { name: 'Set a feed…' }).click()
    await tab.page.locator('.slash', { hasText: '/custos feed add' }).waitFor()
    expect(await tab.page.locator('.pill input').first().inputValue()).toBe('#mod-log')
    await tab.page.getByRole('button', { name: 'You are Alice' }).waitFor()
    await tab.page.goto(tab.page.url().replace(/#.*/, `#as=${page().custos.town.moderators[1]?.id}`))
    await tab.page.reload()
    await tab.page.locator('.shell').waitFor()
  })

  test.each([
    ['No Send Messages', 403],
    ['Posts are limited', 429],
  ])('with the switch “%s”, posts are answered %i', async (label, status) => {
    const tab = await page().open(0)
    const { discord, town } = page().custos
    const modLog = [...town.guild.channels.values()].find(({ name }) => name === 'mod-log')?.id ?? ''
    const rest = new RestClient(discord.api, town.bot.token)
    const post = () =>
      rest.post(`/channels/${modLog}/messages`, { content: 'Hi', allowed_mentions: { parse: [] } })
    discord.rateLimits.routes.delete('POST /channels/:id/messages')
    await tab.page.getByText('Break something').click()
    const control = tab.page.getByLabel(label)
    await control.check()
    await expect.poll(async () => (await post()).status).toBe(status)
    await control.uncheck()
    await expect.poll(async () => (await post()).status).toBe(200)
    await tab.page.getByText('Break something').click()
  })
}
