import { setTimeout as sleep } from 'node:timers/promises'
import * as members from '../../../sandbox/actions/members.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import type { OptionValues } from '../../../sandbox/member-client/command-options.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { READ } from '../../support/log-messages.ts'
import type { BigGuild } from '../big-guild.ts'
import { MEMBERS } from '../data.ts'
import type { MeasuredBot } from './measured-bot.ts'

const EVENTS = 5000
const USUAL_FILE = 10_485_760
/** The attachment limit of a guild of the highest level. */
const LARGEST_FILE = 104_857_600

/** Something that keeps a bot busy. */
export interface Load {
  readonly what: string
  readonly run: () => Promise<unknown>
}

/** Loads of a bot with a large archive. The first one is running when the bot has started. */
export function loads(discord: Discord, { moderator, actor }: BigGuild, bot: MeasuredBot): Load[] {
  const command = (path: string, values: OptionValues = {}) => ({
    what: `/${path} ${Object.values(values).join(' ')}`,
    run: () => finished(moderator.send(path, values)),
  })
  const exported = (format: string, fileLimit: number) => ({
    what: `/audit export ${format}, at most ${fileLimit / 2 ** 20} MiB`,
    run: () => {
      discord.fileLimit = fileLimit
      return finished(moderator.send('audit export', { format }))
    },
  })
  const sendEvents = async () => {
    for (let count = 0; count < EVENTS; count++) {
      members.kick(actor, String(MEMBERS + BigInt(count)))
      if (count % 50 === 0) await sleep(1)
    }
    await sleep(500)
  }
  const typed = ['a', 'mi', 'mino', 'zebra', 'Ü', '6000000000000']
  const typing = () =>
    Promise.all(typed.map((letters) => moderator.autocomplete('audit target', 'on', letters)))
  return [
    { what: 'reading 30,000 entries by REST', run: () => bot.logged(READ) },
    { what: 'nothing', run: () => sleep(2000) },
    { what: '5,000 live events', run: sendEvents },
    { what: 'autocomplete of names', run: typing },
    command('audit recent', { reason: 'zebra' }),
    command('audit activity'),
    command('audit repeats', { since: '90d' }),
    command('audit deletes', { since: '90d' }),
    exported('csv', USUAL_FILE),
    exported('csv', LARGEST_FILE),
    exported('json', LARGEST_FILE),
    exported('ndjson', LARGEST_FILE),
  ]
}

/** Resolves with the answer, after any progress messages. */
export async function finished(reply: Reply): Promise<void> {
  while (!reply.interaction.outcomes.some((outcome) => 'message' in outcome && isWhole(outcome.message))) {
    await sleep(20)
  }
}

function isWhole({ body }: Message): boolean {
  return jsonObjects(body.embeds).some(({ title }) => title !== undefined)
}
