import { mkdir, stat } from 'node:fs/promises'
import type { Page as Tab } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { startDemo } from './demo/start-demo.ts'
import { Page } from './page/page.ts'
import { moderatorId } from './town/town.ts'

// npm run screenshots: takes the pictures of the README again.

const DOCS = new URL('../docs/', import.meta.url)

interface Screenshot {
  readonly name: string
  readonly theme: 'dark' | 'light'
  /** The command that is typed. */
  readonly line: string
  /** Whether the answer has a chart, which is added to it when it is drawn. */
  readonly hasChart: boolean
  /** The height of the page that shows the whole answer, in pixels. */
  readonly height: number
}

const SCREENSHOTS: readonly Screenshot[] = [
  { name: 'page-dark.png', theme: 'dark', line: '/audit deletes since:7d', hasChart: false, height: 1000 },
  { name: 'page-light.png', theme: 'light', line: '/audit activity since:30d', hasChart: true, height: 1440 },
]

const WIDTH = 1280

/** Types the command, and takes the picture of the page at the end of the answer, where Discord scrolls to. */
async function take(tab: Tab, { name, line, hasChart }: Screenshot): Promise<void> {
  const [, path = '', option = '', value = ''] = /^(\S+ \S+) (\w+:)(\S+)$/.exec(line) ?? []
  await tab.locator('[data-input="text"]').focus()
  for (const part of [`${path} `, option, value]) await tab.keyboard.type(part)
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.locator('discord-message[bot] discord-embed').first().waitFor({ timeout: 60_000 })
  if (hasChart) await tab.locator('.embed-image img').waitFor({ timeout: 60_000 })
  await tab.locator('[data-input="text"]').blur()
  await tab.evaluate('document.fonts.ready')
  // The list scrolls to its end one frame after its images are drawn.
  await tab.waitForTimeout(500)
  const file = new URL(name, DOCS)
  await tab.screenshot({ path: file.pathname })
  process.stdout.write(`docs/${name}: ${Math.round((await stat(file)).size / 1024)} KiB\n`)
}

const demo = await startDemo(182)
const page = await Page.open(demo, 0)
const browser = await launchBrowser()
try {
  await mkdir(DOCS, { recursive: true })
  await demo.ready
  // The first answer in a server says how far back the archive goes, which would push the others down.
  await demo.town.as(moderatorId(demo.town, 'alice')).command('audit status')
  for (const screenshot of SCREENSHOTS) {
    for (const message of demo.town.discord.conversation.messages.values()) {
      if (message.ephemeralTo !== null) demo.town.discord.conversation.delete(message)
    }
    const context = await browser.newContext({
      viewport: { width: WIDTH, height: screenshot.height },
      colorScheme: screenshot.theme,
      locale: 'en-GB',
      timezoneId: 'UTC',
    })
    const tab = await context.newPage()
    await tab.goto(page.address)
    await tab.locator('.shell').waitFor()
    await take(tab, screenshot)
    await context.close()
  }
} finally {
  await browser.close()
  await page.close()
  await demo.stop()
}
