import { expect, test } from 'vitest'
import * as members from '../../sandbox/acts/members.ts'
import * as roles from '../../sandbox/acts/roles.ts'
import { entryIdsOf, fieldOf, footersOf } from '../support/read.ts'
import { type Stage, stage } from '../support/stage.ts'

const MINUTE = 60_000
const READ = 'The audit log is read.'
const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/

/** Makes every read by REST fail, so that only what is stored can answer. */
function silenceRest({ discord }: Stage): void {
  discord.trouble = (_, path) => (AUDIT_LOG.test(path) ? { status: 500 } : undefined)
}

/** Every entry of the log, newest first. */
function ids({ town }: Stage): string[] {
  return town.guild.log
    .since()
    .map(({ id }) => id)
    .reverse()
}

test('what happens while the permission is taken from its role is read as soon as it is given back', async () => {
  const here = await stage()
  await here.log.heard(READ)
  const { custos } = here.town.roles
  roles.updateRole(here.scene(0), custos.id, { permissions: '0' })
  members.kick(here.scene(0), here.town.members[0]?.id ?? '')
  here.clock.advance(30 * MINUTE)
  roles.updateRole(here.scene(0), custos.id, { permissions: '128' })
  await here.log.heard(READ, 2)
  silenceRest(here)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids(here))
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
})

test('while the permission is missing, status says that entries do not arrive live', async () => {
  const { scene, town, moderator, log } = await stage()
  await log.heard(READ)
  roles.updateRole(scene(0), town.roles.custos.id, { permissions: '0' })
  const missing = await moderator.command('audit status')
  expect(fieldOf(missing.message, 'Live')).toMatch(/^no/)
  expect(fieldOf(missing.message, 'Permission')).toBe('**View Audit Log** is missing')
  roles.updateRole(scene(0), town.roles.custos.id, { permissions: '128' })
  await log.heard(READ, 2)
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Live')).toMatch(/^yes/)
})
