import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import { archiveFile } from '../support/archive-file.ts'
import { type OpenCustos, type OpenCustosOptions, openCustos } from '../support/open-custos.ts'
import { fieldOf, footersOf } from '../support/read.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const READ = 'The audit log is read.'
const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/

async function read(options: OpenCustosOptions = {}): Promise<OpenCustos> {
  const here = await openCustos(options)
  await here.log.heard(READ)
  return here
}

/** Lets an hour pass, and the background read what it reads every hour. */
async function passAnHour({ clock, log }: OpenCustos): Promise<void> {
  const times = log.lines.filter(({ message }) => message === READ).length
  clock.advance(HOUR)
  await log.heard(READ, times + 1)
}

/** The paths of the audit log that Discord is asked for from now on. */
function readsOf({ discord }: OpenCustos): string[] {
  const reads: string[] = []
  discord.fault = (_, path) => {
    if (AUDIT_LOG.test(path)) reads.push(path)
    return undefined
  }
  return reads
}

function deleteOne({ actor, town }: OpenCustos): void {
  messages.deleteMessage(actor(0), town.channels[0] ?? '', town.members[0]?.id ?? '')
}

/** Makes more entries than Discord gives at once, so that what came before is not read by chance. */
function bury({ actor, town }: OpenCustos): void {
  for (let count = 0; count < 120; count++) members.kick(actor(1), town.members[count % 30]?.id ?? '')
}

async function messagesDeleted({ moderator }: OpenCustos): Promise<string | undefined> {
  return fieldOf((await moderator.command('audit deletes')).message, 'Messages deleted')
}

test('a count that grew minutes after its event is right in the next answer', async () => {
  const here = await read({ mergeWindow: HOUR })
  deleteOne(here)
  here.clock.advance(10 * MINUTE)
  bury(here)
  here.clock.advance(2 * MINUTE)
  expect(await messagesDeleted(here)).toBe('1')
  here.clock.advance(2 * MINUTE)
  deleteOne(here)
  expect(await messagesDeleted(here)).toBe('2')
})

test('a count that grew hours after its event is right within the hour', async () => {
  const here = await read({ mergeWindow: 24 * HOUR })
  deleteOne(here)
  await passAnHour(here)
  bury(here)
  await passAnHour(here)
  await passAnHour(here)
  deleteOne(here)
  await passAnHour(here)
  expect(await messagesDeleted(here)).toBe('2')
})

test('a count that grew while the bot was away is right after its start', async () => {
  const here = await read({ mergeWindow: 24 * HOUR, archivePath: archiveFile() })
  deleteOne(here)
  await here.stopBot()
  here.clock.advance(20 * HOUR)
  deleteOne(here)
  bury(here)
  here.clock.advance(HOUR)
  await here.startBot()
  await here.log.heard(READ, 2)
  expect(await messagesDeleted(here)).toBe('2')
})

test('how far back the hourly reading goes is a setting', async () => {
  const here = await read({ mergeWindow: 24 * HOUR, environment: { SWEEP_HOURS: '1' } })
  deleteOne(here)
  for (let hour = 0; hour < 3; hour++) await passAnHour(here)
  bury(here)
  await passAnHour(here)
  await passAnHour(here)
  deleteOne(here)
  await passAnHour(here)
  expect(await messagesDeleted(here)).toBe('1')
})

test('a count that grew before the background could not read for a day and more is right after that', async () => {
  const here = await read({ mergeWindow: 24 * HOUR })
  deleteOne(here)
  here.clock.advance(30 * MINUTE)
  bury(here)
  await passAnHour(here)
  here.clock.advance(30 * MINUTE)
  deleteOne(here)
  here.discord.fault = (_, path) => (AUDIT_LOG.test(path) ? { status: 500 } : undefined)
  here.clock.advance(HOUR)
  await here.log.heard('The audit log could not be read.')
  here.clock.advance(30 * HOUR)
  here.discord.fault = undefined
  await passAnHour(here)
  expect(await messagesDeleted(here)).toBe('2')
})

test('an event that never came, long before the answer, is made up for by it', async () => {
  const here = await read()
  const { discord, clock, actor, town, moderator } = here
  discord.gateway.losesEvent = () => true
  members.kick(actor(0), town.members[0]?.id ?? '')
  discord.gateway.losesEvent = () => false
  clock.advance(20 * MINUTE)
  bury(here)
  clock.advance(20 * MINUTE)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain('of 121, ')
})

test('an entry that comes late, with an id from before, is read in', async () => {
  const here = await read()
  const { discord, clock, town, moderator, actor } = here
  const id = discord.world.newId()
  clock.advance(5 * MINUTE)
  bury(here)
  await moderator.command('audit recent')
  town.guild.log.add({ id, action_type: 20, user_id: actor(1).actorId, target_id: town.members[1]?.id ?? '' })
  clock.advance(5 * MINUTE)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain('of 121, ')
})

test('in a quiet guild the hourly reading takes three requests, and nobody has to ask', async () => {
  const here = await read({ days: 2, perDay: 5 })
  const reads = readsOf(here)
  await passAnHour(here)
  expect(reads.length).toBeLessThanOrEqual(3)
})
