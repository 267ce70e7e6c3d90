import { mkdir, stat } from 'node:fs/promises'
import type { Page as Tab } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { type Demo, startDemo } from './demo/start-demo.ts'
import { Page } from './page/page.ts'
import { moderatorId } from './town/town.ts'

// npm run screenshots: takes the pictures of the README again.

const DOCS = new URL('../docs/', import.meta.url)

interface Screenshot {
  readonly name: string
  readonly theme: 'dark' | 'light'
  /** The height of the page that shows all of it, in pixels. */
  readonly height: number
  /** Brings the page to what the picture shows. */
  readonly show: (tab: Tab, demo: Demo) => Promise<void>
}

const SCREENSHOTS: readonly Screenshot[] = [
  { name: 'page-dark.png', theme: 'dark', height: 1000, show: (tab) => type(tab, '/audit deletes since:7d') },
  {
    name: 'page-light.png',
    theme: 'light',
    height: 1440,
    show: async (tab) => {
      await type(tab, '/audit activity since:30d')
      // The chart is added to the answer when it is drawn.
      await tab.locator('.embed-image img').waitFor({ timeout: 60_000 })
    },
  },
  { name: 'raid.png', theme: 'dark', height: 1300, show: watchRaid },
]

const WIDTH = 1280

/** When most of a raid has been posted, in milliseconds after it began. */
const MOST_OF_RAID = 45_000

/** Types a command, and waits for the answer. */
async function type(tab: Tab, line: string): Promise<void> {
  const [, path = '', option = '', value = ''] = /^(\S+ \S+) (\w+:)(\S+)$/.exec(line) ?? []
  await tab.locator('[data-input="text"]').focus()
  for (const part of [`${path} `, option, value]) await tab.keyboard.type(part)
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.locator('discord-message[bot] discord-embed').first().waitFor({ timeout: 60_000 })
}

/** Has Custos tell of bans, deletes and what else a raid is made of, and waits in #mod-log while one goes on. */
async function watchRaid(tab: Tab, { town, modLog }: Demo): Promise<void> {
  const alice = town.as(moderatorId(town, 'alice'))
  const action = 'Bans & kicks, Deletes, Channels, Roles, Members'
  await alice.command('custos feed add', { to: modLog, action })
  const ping = town.roles.moderator.id
  const { message } = await alice.command('custos alert add', {
    to: modLog,
    action: 'Mass bans & kicks',
    ping,
  })
  await alice.click(message, 'Set this alert')
  await tab.getByRole('button', { name: 'mod-log' }).click()
  await tab.getByRole('button', { name: 'Raid' }).click()
  await tab.waitForTimeout(MOST_OF_RAID)
}

/** Takes a picture of the page at the end of the messages, where Discord scrolls to. */
async function take(tab: Tab, name: string): Promise<void> {
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
    await screenshot.show(tab, demo)
    await take(tab, screenshot.name)
    await context.close()
  }
} finally {
  await browser.close()
  await page.close()
  await demo.stop()
}
