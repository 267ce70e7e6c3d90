import type { BrowserContextOptions, Locator, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser, WITHOUT_BROWSER } from '../../sandbox/browser.ts'
import { Page } from '../../sandbox/page/page.ts'
import type { PlaygroundBot } from '../../sandbox/page/playground.ts'
import { defaultPopulation } from '../../sandbox/town/default-population.ts'
import { type OpenCustos, openCustos } from './open-custos.ts'

/** A stage with a page before it, shared by the tests of a file. */
export interface OpenPage {
  readonly stage: OpenCustos
  readonly address: string
  /**
   * Seats a moderator before the page, by their place in the town's list. Whoever had a seat before takes it again;
   * nobody said anything yet.
   */
  open(as: number): Promise<Seat>
}

/** How long the page may take for one thing, in milliseconds: a busy computer is no fault of the page. */
const PATIENCE = 20_000

/** Sets up before the tests of a file and clears away after them. What the console says of errors fails them. */
export function withPage(): () => OpenPage {
  let opened: OpenPage | undefined
  const closings: (() => Promise<void>)[] = []
  const complaints: string[] = []
  if (WITHOUT_BROWSER !== undefined) process.stderr.write(`${WITHOUT_BROWSER}\n`)
  beforeAll(async () => {
    if (WITHOUT_BROWSER !== undefined) return
    const here = await openCustos({ days: 20, perDay: 30, seed: 5 }, (close) => closings.push(close))
    const page = await Page.open(stageOf(here), 0)
    closings.push(() => page.close())
    const browser = await launchBrowser()
    closings.push(() => browser.close())
    // What has been loaded once is there for every tab.
    const context = await browser.newContext(READER)
    const seats = new Map<number, Seat>()
    opened = {
      stage: here,
      address: page.address,
      open: async (as) => {
        const known = seats.get(as)
        if (known) return known.again()
        const id = here.town.moderators[as]?.id ?? ''
        const seat = await takeSeat(await context.newPage(), `${page.address}/#as=${id}`, complaints)
        seats.set(as, seat)
        return seat
      },
    }
  })
  beforeEach(() => {
    const { conversation } = opened?.stage.discord ?? {}
    for (const message of conversation?.messages.values() ?? []) conversation?.delete(message)
    conversation?.messages.clear()
  })
  afterAll(async () => {
    for (const close of closings.reverse()) await close()
    expect(complaints).toEqual([])
  })
  return () => {
    if (!opened) throw new Error('The page is not open.')
    return opened
  }
}

function stageOf({ town, clock, startBot, stopBot }: OpenCustos) {
  const bot: PlaygroundBot = {
    state: 'watching',
    lastLogMessage: '',
    onChange: undefined,
    start: startBot,
    stop: stopBot,
  }
  return {
    town,
    bot,
    population: defaultPopulation,
    perDay: 30,
    suggestedMembers: [
      { id: town.moderators[0]?.id ?? '', what: 'an admin' },
      { id: town.moderators[1]?.id ?? '', what: 'a moderator' },
      { id: town.members[0]?.id ?? '', what: 'a member' },
    ],
    moveTo: (time: number) => clock.advance(time - clock.now()),
  }
}

/** The page with all beside each other. */
export const WIDE = { width: 1280, height: 800 }

/** Whose language is not the bot's. */
const READER: BrowserContextOptions = {
  viewport: WIDE,
  timezoneId: 'UTC',
  locale: 'de-DE',
  colorScheme: 'light',
}

async function takeSeat(tab: Tab, address: string, complaints: string[]): Promise<Seat> {
  tab.setDefaultTimeout(PATIENCE)
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  tab.on('pageerror', (error) => complaints.push(String(error)))
  tab.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.hostname !== 'localhost') complaints.push(`It asked ${request.url()}`)
  })
  await tab.goto(address)
  await tab.locator('.shell').waitFor()
  return new Seat(tab)
}

/** Somebody before the page. */
export class Seat {
  readonly tab: Tab

  constructor(tab: Tab) {
    this.tab = tab
  }

  /** The same seat, with nothing typed, and nothing in the way. */
  async again(): Promise<this> {
    // What lies behind another tab is hardly ever drawn, and a click waits until it is.
    await this.tab.bringToFront()
    await this.tab.keyboard.press('Escape')
    await this.tab.keyboard.press('Escape')
    await this.tab.locator('[data-spot="text"]').fill('')
    await this.tab.getByRole('tab', { name: 'Backstage' }).click()
    await this.tab.locator('discord-message').first().waitFor({ state: 'detached' })
    return this
  }

  /** Types into the composer, as one types in a chat. */
  async type(text: string): Promise<void> {
    await this.tab.locator('[data-spot]').last().focus()
    await this.tab.keyboard.type(text)
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.tab.keyboard.press(key)
  }

  /** The bot's answers that are on the page. */
  get answers(): Locator {
    return this.tab.locator('discord-message[bot]')
  }

  /**
   * Puts in a command with options, such as `/audit deletes since:7d`, sends it and waits for the answer.
   * A value is put in as it is, whatever is offered for it; not key by key, as the page draws itself at each.
   */
  async ask(line: string): Promise<Locator> {
    const [, path = '', rest = ''] = /^(\/\w+ \w+) ?(.*)$/.exec(line) ?? []
    const before = await this.answers.count()
    await this.tab.locator('[data-spot]').last().focus()
    await this.tab.keyboard.insertText(`${path} `)
    for (const [, name = '', value = ''] of rest.matchAll(/(\w+):(\S+)/g)) {
      if ((await this.tab.locator('.pill', { hasText: name }).count()) === 0)
        await this.tab.keyboard.insertText(`${name}:`)
      await this.tab.keyboard.insertText(value)
      // Users are chosen among those offered; a text is sent as it was typed.
      if (name === 'user' || name === 'by') await this.press('Enter')
      else await this.press('Tab')
    }
    await this.press('Enter')
    const answer = this.answers.nth(before)
    await answer.locator('discord-embed').first().waitFor()
    return answer
  }

  /** The value of a field of an answer, by its name. */
  async field(answer: Locator, name: string): Promise<string> {
    const field = answer.locator(`discord-embed-field[data-name="${name}"] > div`)
    return (await field.nth(1).innerText()).trim()
  }
}
