import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import { moderatorId, type Town } from '../../../sandbox/town/town.ts'
import { finished } from '../loop/loads.ts'

/** How many commands run at the same time. */
const AT_ONCE = 16

type Step = (moderator: MemberClient, town: Town) => Promise<unknown>

/** How often each step is among 1,000 commands. */
const STEPS: readonly (readonly [times: number, Step])[] = [
  [360, (moderator) => finished(moderator.send('audit recent'))],
  [100, (moderator) => finished(moderator.send('audit recent', { reason: 'spam' }))],
  [140, (moderator, town) => finished(moderator.send('audit user', { user: moderatorId(town, 'mina') }))],
  [90, (moderator, town) => finished(moderator.send('audit target', { on: town.members[0]?.id ?? '' }))],
  [90, (moderator) => finished(moderator.send('audit deletes', { since: '30d' }))],
  [40, (moderator) => finished(moderator.send('audit repeats', { since: '30d' }))],
  [20, (moderator) => finished(moderator.send('audit activity'))],
  [98, (moderator) => moderator.autocomplete('audit target', 'on', 'mi')],
  [60, async (moderator) => turnPage(await shown(moderator.send('audit recent')), moderator)],
  [1, (moderator) => finished(moderator.send('audit export', { format: 'csv' }))],
  [1, (moderator) => finished(moderator.send('audit export', { format: 'json' }))],
]

const PER_ROUND = 1000

/** Runs commands, autocompletes, buttons, charts and exports. */
export async function runCommands(town: Town, count: number): Promise<void> {
  const moderators = town.moderators.map(({ id }) => town.as(id))
  const round = spread(STEPS.flatMap(([times, step]) => Array.from({ length: times }, () => step)))
  let started = 0
  const run = async () => {
    for (let number = started++; number < count; number = started++) {
      const moderator = moderators[number % moderators.length]
      if (moderator) await round[number % PER_ROUND]?.(moderator, town)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, run))
}

async function shown(reply: Reply): Promise<Reply> {
  await finished(reply)
  return reply
}

async function turnPage({ message }: Reply, moderator: MemberClient): Promise<void> {
  await moderator.click(message, 'Next')
}

/** The same steps in an order in which the same ones are far apart. */
function spread(steps: readonly Step[]): Step[] {
  const stride = 367
  return steps.flatMap((_, index) => steps[(index * stride) % steps.length] ?? [])
}
