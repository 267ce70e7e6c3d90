import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import * as members from '../../../sandbox/actions/members.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import type { OptionValues } from '../../../sandbox/member-client/command-options.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { ALL_READ } from '../../support/log-messages.ts'
import type { BigGuild } from '../big-guild.ts'
import { MEMBERS } from '../data.ts'
import type { MeasuredBot } from './measured-bot.ts'
import { kickIn } from './small-guilds.ts'

const EVENTS = 5000

/** How many events come while the archive cannot be written: about as many as are held. */
const HELD = 49_000

/** How many events come at once, as when Discord catches up. */
const BURST = 50_000

/** How many events a second come from all servers, and for how long, in seconds. */
const RATE = 2000
const RATE_TIME = 10

/** A window with about 100,000 entries of the big guild. */
const LAST_DAYS = { since: '2026-11-15' }

const USUAL_FILE = 10_485_760
/** The attachment limit of a guild of the highest level. */
const LARGEST_FILE = 104_857_600

/** Something that keeps a bot busy. */
export interface Load {
  readonly what: string
  readonly run: () => Promise<unknown>
}

interface Loaded {
  readonly discord: Discord
  readonly big: BigGuild
  /** Other guilds, in which moderators act. */
  readonly small: readonly Guild[]
  readonly bot: MeasuredBot
  /** The path of the bot's archive. */
  readonly path: string
}

/** Loads of a bot with a large archive. The first one is running when the bot has started. */
export function loads({ discord, big: { moderator, actor }, small, bot, path }: Loaded): Load[] {
  const command = (path: string, values: OptionValues = {}) => ({
    what: `/${path} ${Object.values(values).join(' ')}`,
    run: () => finished(moderator.send(path, values)),
  })
  const exported = (format: string, fileLimit: number, window: OptionValues = {}) => ({
    what: `/audit export ${format}${window.since ? ', 100,000 rows' : ''}, at most ${fileLimit / 2 ** 20} MiB`,
    run: () => {
      discord.fileLimit = fileLimit
      return finished(moderator.send('audit export', { format, ...window }))
    },
  })
  const sendEvents = async () => {
    for (let count = 0; count < EVENTS; count++) {
      members.kick(actor, String(MEMBERS + BigInt(count)))
      if (count % 50 === 0) await sleep(1)
    }
    await sleep(500)
  }
  const sendFromAll = async () => {
    const start = performance.now()
    for (let sent = 0; sent < RATE * RATE_TIME; ) {
      const due = Math.min(((performance.now() - start) / 1000) * RATE, RATE * RATE_TIME)
      for (; sent < due; sent++) kickOne(sent)
      await sleep(1)
    }
  }
  const kickOne = (nth: number) => {
    const guild = small[nth % small.length]
    if (guild) kickIn(discord, guild, String(MEMBERS + BigInt(nth)))
  }
  const burst = async () => {
    for (let nth = 0; nth < BURST; nth++) kickOne(nth)
    await bot.delay()
    while ((await bot.delay()).busy > 5) await sleep(200)
  }
  const holdEvents = async () => {
    const database = new DatabaseSync(path)
    database.exec('BEGIN IMMEDIATE')
    kickOne(0)
    await bot.logged('Writing to the archive failed; events are held in memory and written again.')
    for (let nth = 0; nth < HELD; nth++) {
      kickOne(nth % 2 === 0 ? 0 : nth)
      if (nth % 100 === 0) await sleep(1)
    }
    database.exec('COMMIT')
    await bot.logged('Writing to the archive works again.')
    const count = database.prepare('SELECT count(*) AS entries FROM entry WHERE guild_id = ?')
    const [first] = small
    while (Number(count.get(BigInt(first?.id ?? 0))?.entries) < HELD / 2) await sleep(50)
    database.close()
  }
  const typed = ['a', 'mi', 'mino', 'zebra', 'Ü', '6000000000000']
  const typing = () =>
    Promise.all(typed.map((letters) => moderator.autocomplete('audit target', 'on', letters)))
  return [
    { what: 'reading 30,000 entries by REST', run: () => bot.logged(ALL_READ) },
    { what: 'nothing', run: () => sleep(2000) },
    { what: '5,000 live events', run: sendEvents },
    { what: '2,000 live events a second of 300 servers', run: sendFromAll },
    { what: '50,000 events in one burst', run: burst },
    { what: '49,000 events held, and then written', run: holdEvents },
    { what: 'autocomplete of names', run: typing },
    command('audit recent', { reason: 'zebra' }),
    command('audit activity'),
    command('audit repeats', { since: '90d' }),
    command('audit deletes', { since: '90d' }),
    ...['csv', 'json', 'ndjson'].flatMap((format) =>
      [USUAL_FILE, LARGEST_FILE].map((limit) => exported(format, limit, LAST_DAYS)),
    ),
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
