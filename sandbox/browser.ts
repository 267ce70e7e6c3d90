import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Linux distributions install Chromium. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** Why tests of the page are skipped; undefined if they can run. */
export const WITHOUT_BROWSER =
  CHROMIUM === undefined
    ? 'No Chromium was found (apt-get install chromium), so the page is not tested.'
    : undefined

/** Starts a headless Chromium that sends nothing to the network by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--process-per-site',
      '--in-process-gpu',
    ],
  })
}
