import { mkdir, stat } from 'node:fs/promises'
import type { Page as Tab } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { startDemo } from './demo/start-demo.ts'
import { Page } from './page/page.ts'

// Makes the pictures of the README anew: npm run screenshots

const DOCS = new URL('../docs/', import.meta.url)

interface Picture {
  readonly name: string
  readonly theme: 'dark' | 'light'
  readonly line: string
  /** Which end of the answer is shown, where it is longer than the page. */
  readonly shows: 'start' | 'end'
}

const PICTURES: readonly Picture[] = [
  { name: 'page-dark.png', theme: 'dark', line: '/audit deletes since:7d', shows: 'start' },
  { name: 'page-light.png', theme: 'light', line: '/audit activity since:30d', shows: 'end' },
]

const VIEWPORT = { width: 1280, height: 1040 }

async function take(tab: Tab, { name, line, shows }: Picture): Promise<void> {
  const [, path = '', option = '', value = ''] = /^(\S+ \S+) (\w+:)(\S+)$/.exec(line) ?? []
  await tab.locator('[data-spot="text"]').focus()
  for (const part of [`${path} `, option, value]) await tab.keyboard.type(part)
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.locator('discord-message[bot] discord-embed').first().waitFor({ timeout: 60_000 })
  await tab.locator('[data-spot="text"]').blur()
  await tab.evaluate('document.fonts.ready')
  // The list follows the pictures in it to its end, one frame after they are drawn.
  await tab.waitForTimeout(500)
  if (shows === 'start') {
    await tab.evaluate("document.querySelector('discord-message[bot]').scrollIntoView()")
    await tab.waitForTimeout(200)
  }
  const file = new URL(name, DOCS)
  await tab.screenshot({ path: file.pathname })
  process.stdout.write(`docs/${name}: ${Math.round((await stat(file)).size / 1024)} KiB\n`)
}

const playground = await startDemo(182)
const page = await Page.open(playground, 0)
const browser = await launchBrowser()
try {
  await mkdir(DOCS, { recursive: true })
  await playground.ready
  for (const picture of PICTURES) {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      colorScheme: picture.theme,
      locale: 'en-GB',
      timezoneId: 'UTC',
    })
    const tab = await context.newPage()
    await tab.goto(page.address)
    await tab.locator('.shell').waitFor()
    await take(tab, picture)
    await context.close()
    for (const message of playground.town.discord.conversation.messages.values()) {
      if (message.ephemeralTo !== null) playground.town.discord.conversation.delete(message)
    }
  }
} finally {
  await browser.close()
  await page.close()
  await playground.stop()
}
