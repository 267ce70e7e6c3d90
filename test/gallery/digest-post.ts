import { openFeed } from '../support/open-feed.ts'
import { shown } from './page.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The post of a weekly digest, in a server with a month of history. */
export async function digestPost(): Promise<string> {
  const here = await openFeed({ feed: false, days: 32, perDay: 60, seed: 7 })
  const { clock, moderator, modLog } = here
  const isAsleep = clock.slept(HOUR)
  await moderator.command('custos digest add', { to: modLog, every: 'week' })
  await isAsleep
  clock.advance(Date.parse('2026-11-30T09:01Z') - clock.now())
  const [post] = await here.posted(1)
  if (!post) throw new Error('Nothing was posted.')
  return shown(here, '#mod-log', post)
}
