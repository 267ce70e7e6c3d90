import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as members from '../../sandbox/actions/members.ts'
import { BotProcess } from '../../sandbox/bot-process.ts'
import { Discord } from '../../sandbox/discord.ts'
import { buttonsOf } from '../../sandbox/member-client/components.ts'
import type { MemberClient } from '../../sandbox/member-client/member-client.ts'
import type { Reply } from '../../sandbox/member-client/reply.ts'
import { createTown } from '../../sandbox/town/town.ts'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import { timesVacuumed } from '../support/archive/traces.ts'
import { createBigGuild } from './big-guild.ts'
import { withCopy } from './copy.ts'
import { entriesOf } from './data.ts'
import { percentile } from './measure.ts'

/** How many entries the other guild has: 300 MB. */
const ENTRIES = 1_000_000
const BATCH = 5000

/** How many moderators confirm an erasure at once. */
const CONFIRMED = 5

/** How often somebody in another guild runs a query, and for how long, in milliseconds. */
const EVERY = 100
const FOR = Number(process.argv[2] ?? 30_000)

const TOKEN = 'a-token'
const OTHER_GUILD = '910000000000000000'

/**
 * Measures how long members of one guild wait for their answers while members of another guild are erased, by five
 * confirmations at once, in an archive of 300 MB.
 */
async function main(): Promise<void> {
  await withCopy(await filledFile(), async (copy) => {
    const discord = await Discord.start()
    discord.rateLimits.global = discord.rateLimits.standard = { limit: 100_000, window: 1000 }
    discord.rateLimits.routes.clear()
    const town = createTown(discord, TOKEN)
    const { moderator } = createBigGuild(discord, town.bot)
    const bot = new BotProcess(discord, TOKEN, { environment: { DATABASE_URL: `sqlite:${copy}` } })
    await bot.ready()
    await moderator.command('audit recent')
    const victims = town.members.slice(0, CONFIRMED).map(({ id }) => id)
    const actorId = town.moderators[0]?.id ?? ''
    for (const id of victims) members.kick({ world: discord.world, guild: town.guild, actorId }, id, 'Spam')
    print('before', await waits(moderator, 3000))
    const before = timesVacuumed(copy)
    const moderators = town.moderators.map(({ id }) => town.as(id))
    const admin = moderators.find((each) => each.commands().some(({ name }) => name === 'custos'))
    if (!admin) throw new Error('No member may erase.')
    const confirmations: Reply[] = []
    for (const member of victims) confirmations.push(await admin.command('custos forget', { member }))
    const pressed = confirmations.map(({ message }) =>
      admin.click(message, buttonsOf(message)[0]?.label ?? ''),
    )
    print(`while ${CONFIRMED} erase`, await waits(moderator, FOR))
    process.stdout.write(`The file was vacuumed ${timesVacuumed(copy) - before} times.\n`)
    await Promise.allSettled(pressed)
    await bot.stop('SIGKILL')
    await discord.stop()
  })
}

async function filledFile(): Promise<string> {
  const path = join(tmpdir(), `custos-erasing-${ENTRIES}.db`)
  if (existsSync(path)) return path
  const archive = await openArchive(path)
  const entries = [...entriesOf(OTHER_GUILD, ENTRIES)]
  for (let at = 0; at < ENTRIES; at += BATCH) {
    await archive.record([{ guildId: OTHER_GUILD, entries: entries.slice(at, at + BATCH), from: 'rest' }])
  }
  await archive.close()
  return path
}

/** How long each answer took, in milliseconds. The next query is run before the last one is answered. */
async function waits(moderator: MemberClient, during: number): Promise<number[]> {
  const end = performance.now() + during
  const answers: Promise<number>[] = []
  while (performance.now() < end) {
    const began = performance.now()
    const reply = moderator.send('audit recent')
    answers.push(
      reply.answered().then(
        () => performance.now() - began,
        () => Number.POSITIVE_INFINITY,
      ),
    )
    await sleep(EVERY)
  }
  return Promise.all(answers)
}

function print(what: string, times: readonly number[]): void {
  const late = times.filter((time) => time > 1000).length
  const figures = [percentile(times, 50), percentile(times, 95), Math.max(...times)]
  const cells = figures.map((time) => `${time.toFixed(0)} ms`.padStart(10))
  process.stdout.write(`${what.padEnd(20)}${cells.join('')}  ${late} of ${times.length} over a second\n`)
}

await main()
