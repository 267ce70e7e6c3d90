import { beforeEach, expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { MINUTE } from '../../../src/core/time/units.ts'
import { type OpenInteractions, openInteractions } from '../../support/open-interactions.ts'
import { textOf } from '../../support/read.ts'

let here: OpenInteractions
/** Resolves when the archive is read for an answer. */
let reading: PromiseWithResolvers<void>

beforeEach(async () => {
  reading = Promise.withResolvers()
  here = await openInteractions({ list: untilGivenUp })
})

/** A list that is never read. */
function untilGivenUp(signal: AbortSignal): Promise<Entry[]> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    reading.resolve()
  })
}

test('when Custos stops, a member whose search does not end reads that it is stopping', async () => {
  const reply = here.moderator.send('audit recent', { reason: 'zebra' })
  await reading.promise
  here.giveUp()
  const { message } = await reply.answered()
  expect(textOf(message)).toBe('Custos is stopping. Try again when it is back.')
  expect(here.log.lines).toEqual([])
})

test('a search is given up when its interaction expires, and nothing more is sent', async () => {
  const reply = here.moderator.send('audit recent', { reason: 'zebra' })
  await reading.promise
  here.clock.advance(15 * MINUTE)
  await here.settled()
  expect(here.log.lines).toEqual([
    {
      level: 'info',
      message: 'The interaction expired before it was answered.',
      facts: expect.objectContaining({ guild: here.town.guild.id, err: expect.any(Error) }),
    },
  ])
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['thinking'])
})

test('suggestions are given up after three seconds, because Discord no longer shows them', async () => {
  const typed = here.moderator.autocomplete('audit entry', 'id', 'kick')
  await reading.promise
  here.clock.advance(3000)
  expect(await typed).toEqual([])
  expect(here.log.lines).toEqual([])
})
