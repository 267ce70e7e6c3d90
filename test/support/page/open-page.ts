import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser, WITHOUT_BROWSER } from '../../../sandbox/browser.ts'
import { Page } from '../../../sandbox/page/page.ts'
import type { Playground, PlaygroundBot } from '../../../sandbox/page/playground.ts'
import { defaultPopulation } from '../../../sandbox/town/default-population.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import { type OpenCustos, openCustos } from '../open-custos.ts'
import { openTab } from './open-tab.ts'
import type { PageTab } from './page-tab.ts'

/** Custos in the sandbox and the page that shows it, shared by the tests of a file. */
export interface OpenPage {
  readonly custos: OpenCustos
  /**
   * Opens a tab as a moderator, by index in `town.moderators`. A tab that the moderator already has is reset instead.
   * There are no messages yet.
   */
  open(moderator: number): Promise<PageTab>
}

/** Opens the page before the tests of a file. Errors on the browser's console, and requests to other hosts, fail them. */
export function withPage(): () => OpenPage {
  let opened: OpenPage | undefined
  const closings: (() => Promise<void>)[] = []
  const problems: string[] = []
  if (WITHOUT_BROWSER !== undefined) process.stderr.write(`${WITHOUT_BROWSER}\n`)
  beforeAll(async () => {
    if (WITHOUT_BROWSER !== undefined) return
    const [custos, browser] = await Promise.all([
      openCustos({ days: 20, perDay: 30, seed: 5 }, (close) => closings.push(close)),
      launchBrowser(),
    ])
    const page = await Page.open(playgroundOf(custos), 0)
    // The browser is closed first: a tab would report the end of the page's stream as an error.
    closings.push(
      () => page.close(),
      () => browser.close(),
    )
    // All tabs share one context, so that they load files from its cache.
    const context = await browser.newContext(READER)
    const tabs = new Map<number, PageTab>()
    opened = {
      custos,
      open: async (moderator) => {
        const known = tabs.get(moderator)
        if (known) return known.reset()
        const id = custos.town.moderators[moderator]?.id ?? ''
        const tab = await openTab(await context.newPage(), `${page.address}/#as=${id}`, problems)
        tabs.set(moderator, tab)
        return tab
      },
    }
  })
  beforeEach(() => {
    const { conversation } = opened?.custos.discord ?? {}
    for (const message of conversation?.messages.values() ?? []) conversation?.delete(message)
    conversation?.messages.clear()
  })
  afterAll(async () => {
    for (const close of closings.reverse()) await close()
    expect(problems).toEqual([])
  })
  return () => {
    if (!opened) throw new Error('The page is not open.')
    return opened
  }
}

function playgroundOf({ town, clock, startBot, stopBot }: OpenCustos): Playground {
  const bot: PlaygroundBot = {
    state: 'connected',
    lastLogMessage: '',
    onChange: undefined,
    start: startBot,
    stop: stopBot,
  }
  return {
    town,
    bot,
    population: defaultPopulation,
    modLog: addModLog(town),
    raidPace: 0,
    perDay: 30,
    suggestedMembers: [
      { id: town.moderators[0]?.id ?? '', description: 'an admin' },
      { id: town.moderators[1]?.id ?? '', description: 'a moderator' },
      { id: town.members[0]?.id ?? '', description: 'a member' },
    ],
    setTime: (time: number) => clock.advance(time - clock.now()),
  }
}

/** Wide enough for all panels side by side. */
export const WIDE = { width: 1280, height: 800 }

/** The reader's locale differs from the bot's language. */
const READER: BrowserContextOptions = {
  viewport: WIDE,
  timezoneId: 'UTC',
  locale: 'de-DE',
  colorScheme: 'light',
}
