import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, type OpenCustosOptions, openCustos } from '../../support/open-custos.ts'
import { fieldOf } from '../../support/read.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function read(options: OpenCustosOptions = {}): Promise<OpenCustos> {
  const here = await openCustos(options)
  await here.log.waitFor(READ)
  return here
}

/** Waits until all events that happened are received: an interaction comes after them. */
async function received({ moderator }: OpenCustos): Promise<void> {
  await moderator.command('audit status')
}

/** Lets an hour pass, and waits for the hourly read. */
async function passAnHour({ clock, log }: OpenCustos): Promise<void> {
  const times = log.lines.filter(({ message }) => message === READ).length
  clock.advance(HOUR)
  await log.waitFor(READ, times + 1)
}

function deleteOne({ actor, town }: OpenCustos): void {
  messages.deleteMessage(actor(0), town.channels[0] ?? '', town.members[0]?.id ?? '')
}

/** Adds more entries than fit on a page, so that older ones are not read by chance. */
function bury({ actor, town }: OpenCustos): void {
  for (let count = 0; count < 120; count++) members.kick(actor(1), town.members[count % 30]?.id ?? '')
}

async function messagesDeleted({ moderator }: OpenCustos): Promise<string | undefined> {
  return fieldOf((await moderator.command('audit deletes')).message, 'Messages deleted')
}

test('a count that grew hours after its event is right within the hour', async () => {
  const here = await read({ mergeWindow: 24 * HOUR })
  deleteOne(here)
  await received(here)
  await passAnHour(here)
  bury(here)
  await passAnHour(here)
  await passAnHour(here)
  deleteOne(here)
  await passAnHour(here)
  expect(await messagesDeleted(here)).toBe('2')
})

test.each([
  ['1', []],
  ['24', ['72']],
])('counts of the last hours, here %s, are read every hour, as the setting says', async (hours, types) => {
  const here = await read({ environment: { SWEEP_HOURS: hours } })
  const { clock, discord, moderator } = here
  deleteOne(here)
  await received(here)
  // Each sweep goes back from the one before.
  for (let sweeps = 0; sweeps < 2; sweeps++) await passAnHour(here)
  await moderator.command('audit status')
  const kinds: string[] = []
  discord.onResponse = ({ query }) => {
    if (query.action_type !== undefined) kinds.push(query.action_type)
  }
  if (types.length > 0) await passAnHour(here)
  else clock.advance(HOUR)
  await moderator.command('audit status')
  expect(kinds).toEqual(types)
})
