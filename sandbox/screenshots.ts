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
  /** Whether the picture ends where the messages do. */
  readonly withoutComposer?: boolean
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
  { name: 'raid.png', theme: 'dark', height: 1000, withoutComposer: true, show: watchRaid },
]

const WIDTH = 1280

/** The widest page that shows its messages alone. */
const MESSAGES_WIDTH = 719

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

/** Sets a feed and alerts, and waits in #mod-log while a raid goes on. */
async function watchRaid(tab: Tab, { town, modLog }: Demo): Promise<void> {
  const alice = town.as(moderatorId(town, 'alice'))
  const { conversation } = town.discord
  await alice.command('custos feed add', { to: modLog })
  const ping = town.roles.moderator.id
  for (const alert of [
    { action: 'Mass bans & kicks', per: 'server', ping },
    { action: 'Dangerous permission given' },
  ]) {
    const { message } = await alice.command('custos alert add', { to: modLog, ...alert })
    await alice.click(message, 'Set this alert')
  }
  await tab.getByRole('button', { name: 'mod-log' }).click()
  await tab.getByRole('button', { name: 'Raid' }).click()
  await tab.waitForTimeout(MOST_OF_RAID)
  // What was posted before it was a flood would be above the picture.
  const posts = conversation.messagesIn(modLog)
  const flood = posts.findIndex(({ body }) => JSON.stringify(body).includes('⚠️'))
  for (const post of posts.slice(0, flood)) conversation.delete(post)
  await tab.waitForTimeout(500)
  await shrink(tab)
}

/** Makes the page just wide enough for its messages and just high enough for those after the welcome. */
async function shrink(tab: Tab): Promise<void> {
  await tab.setViewportSize({ width: MESSAGES_WIDTH, height: 1000 })
  const messages = await tab.locator('discord-messages').boundingBox()
  const top = await tab.locator('.top').boundingBox()
  const composer = await tab.locator('.composer').boundingBox()
  const height = [messages, top, composer].reduce((sum, box) => sum + (box?.height ?? 0), 0)
  await tab.setViewportSize({ width: MESSAGES_WIDTH, height: Math.ceil(height) })
}

/** Takes a picture of the page at the end of the messages, where Discord scrolls to. */
async function take(tab: Tab, { name, withoutComposer = false }: Screenshot): Promise<void> {
  await tab.locator('[data-input="text"]').blur()
  await tab.evaluate('document.fonts.ready')
  // The list scrolls to its end one frame after its images are drawn.
  await tab.waitForTimeout(500)
  const file = new URL(name, DOCS)
  const composer = await tab.locator('.composer').boundingBox()
  const clip =
    withoutComposer && composer
      ? { x: 0, y: 0, width: composer.x * 2 + composer.width, height: composer.y }
      : undefined
  await tab.screenshot({ path: file.pathname, ...(clip && { clip }) })
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
    await take(tab, screenshot)
    await context.close()
  }
} finally {
  await browser.close()
  await page.close()
  await demo.stop()
}
