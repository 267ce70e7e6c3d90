import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf } from '../../support/read.ts'

const MINUTE = 60_000

/** Makes every read by REST fail, so that only what is stored can answer. */
function silenceRest({ discord }: OpenCustos): void {
  discord.fault = always(AUDIT_LOG, { status: 500 })
}

/** Every entry of the log, newest first. */
function ids({ town }: OpenCustos): string[] {
  return town.guild.log
    .since()
    .map(({ id }) => id)
    .reverse()
}

test('what happens while the permission is taken from its role is read as soon as it is given back', async () => {
  const here = await openCustos()
  await here.log.waitFor(READ)
  const { custos } = here.town.roles
  roles.updateRole(here.actor(0), custos.id, { permissions: '0' })
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  here.clock.advance(30 * MINUTE)
  roles.updateRole(here.actor(0), custos.id, { permissions: '128' })
  await here.log.waitFor(READ, 2)
  silenceRest(here)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids(here))
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
})

test('while the permission is missing, status says that entries do not arrive live', async () => {
  const { actor, town, moderator, log } = await openCustos()
  await log.waitFor(READ)
  roles.updateRole(actor(0), town.roles.custos.id, { permissions: '0' })
  const missing = await moderator.command('audit status')
  expect(fieldOf(missing.message, 'Live')).toMatch(/^no/)
  expect(fieldOf(missing.message, 'Permission')).toBe('**View Audit Log** is missing')
  roles.updateRole(actor(0), town.roles.custos.id, { permissions: '128' })
  await log.waitFor(READ, 2)
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Live')).toMatch(/^yes/)
})
