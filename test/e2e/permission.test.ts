import { expect, test } from 'vitest'
import * as members from '../../sandbox/acts/members.ts'
import * as roles from '../../sandbox/acts/roles.ts'
import { entryIdsOf, fieldOf, footersOf } from '../support/read.ts'
import { type Stage, stage } from '../support/stage.ts'

const MINUTE = 60_000
const READ = 'The audit log is read.'
const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/

/** Keeps the audit log from being read by REST, so that only what is known already can tell. */
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

test.each([
  [
    'its role',
    ({ scene, town }: Stage) => roles.updateRole(scene(0), town.roles.custos.id, { permissions: '0' }),
    ({ scene, town }: Stage) => roles.updateRole(scene(0), town.roles.custos.id, { permissions: '128' }),
  ],
])(
  'what happens while the permission is taken from %s is read as soon as it is given back',
  async (_, take, give) => {
    const here = await stage()
    await here.log.heard(READ)
    take(here)
    members.kick(here.scene(0), here.town.members[0]?.id ?? '')
    here.clock.advance(30 * MINUTE)
    give(here)
    await here.log.heard(READ, 2)
    silenceRest(here)
    const { message } = await here.moderator.command('audit recent')
    expect(entryIdsOf(message)).toEqual(ids(here))
    expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
  },
)

test('while the permission is missing, the bot says that it does not follow', async () => {
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
