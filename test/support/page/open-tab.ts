import type { Page as BrowserPage } from 'playwright-core'
import { PageTab } from './page-tab.ts'

/** How long an action on the page may take, in milliseconds; long enough for a busy machine. */
const TIMEOUT = 20_000

/**
 * Opens the page in a tab.
 * @param problems receives errors on the browser's console, and requests to other hosts
 */
export async function openTab(page: BrowserPage, address: string, problems: string[]): Promise<PageTab> {
  page.setDefaultTimeout(TIMEOUT)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.hostname !== 'localhost') problems.push(`Request to ${request.url()}`)
  })
  await page.goto(address)
  await page.locator('.shell').waitFor()
  return new PageTab(page)
}
