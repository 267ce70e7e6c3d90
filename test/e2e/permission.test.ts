import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../support/read.ts'

const MINUTE = 60_000
const READ = 'The audit log is read.'
const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/

/** Keeps the audit log from being read by REST, so that only what is known already can tell. */
function silenceRest({ discord }: OpenCustos): void {
  discord.fault = (_, path) => (AUDIT_LOG.test(path) ? { status: 500 } : undefined)
}

/** Every entry of the log, newest first. */
function ids({ town }: OpenCustos): string[] {
  return town.guild.log
    .since()
    .map(({ id }) => id)
    .reverse()
}

test.each([
  [
    'its role',
    ({ actor, town }: OpenCustos) => roles.updateRole(actor(0), town.roles.custos.id, { permissions: '0' }),
    ({ actor, town }: OpenCustos) => roles.updateRole(actor(0), town.roles.custos.id, { permissions: '128' }),
  ],
  [
    'the bot itself',
    ({ actor, town }: OpenCustos) => members.removeRoles(actor(0), town.bot.id, [town.roles.custos.id]),
    ({ actor, town }: OpenCustos) => members.addRoles(actor(0), town.bot.id, [town.roles.custos.id]),
  ],
])(
  'what happens while the permission is taken from %s is read as soon as it is given back',
  async (_, take, give) => {
    const here = await openCustos()
    await here.log.heard(READ)
    take(here)
    members.kick(here.actor(0), here.town.members[0]?.id ?? '')
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
  const { actor, town, moderator, log } = await openCustos()
  await log.heard(READ)
  roles.updateRole(actor(0), town.roles.custos.id, { permissions: '0' })
  const missing = await moderator.command('audit status')
  expect(fieldOf(missing.message, 'Live')).toMatch(/^no/)
  expect(fieldOf(missing.message, 'Permission')).toBe('**View Audit Log** is missing')
  roles.updateRole(actor(0), town.roles.custos.id, { permissions: '128' })
  await log.heard(READ, 2)
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Live')).toMatch(/^yes/)
})

test('a permission that was lost and found again without a word is made up for by the next answer', async () => {
  const here = await openCustos()
  const { clock, actor, town, moderator, log } = here
  await log.heard(READ)
  const { custos } = town.roles
  town.guild.roles.set(custos.id, { ...custos, permissions: '0' })
  members.kick(actor(0), town.members[0]?.id ?? '')
  clock.advance(30 * MINUTE)
  town.guild.roles.set(custos.id, custos)
  for (let count = 0; count < 120; count++) messages.bulkDelete(actor(1), town.channels[0] ?? '', 2)
  clock.advance(20 * MINUTE)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain(`of ${ids(here).length}, `)
})

test.each([
  ['403', { status: 403, body: '{"message":"Missing Permissions","code":50013}' }],
  ['Cloudflare’s 403', { status: 403, body: '<html>error code: 1015</html>' }],
  ['401', { status: 401, body: '{"message":"401: Unauthorized","code":0}' }],
] as const)(
  'a refusal with %s is remembered: Discord is not asked again and again, and once it gives way all is well',
  async (_, refusal) => {
    const here = await openCustos({ days: 1 })
    const { clock, discord, moderator, log, town } = here
    await log.heard(READ)
    let asked = 0
    discord.fault = (_method, path) => {
      if (!AUDIT_LOG.test(path)) return undefined
      asked++
      return refusal
    }
    for (let count = 0; count < 20; count++) await moderator.command('audit recent')
    expect(asked).toBe(2)
    clock.advance(10 * MINUTE)
    members.kick(here.actor(0), town.members[0]?.id ?? '')
    discord.fault = undefined
    const { message } = await moderator.command('audit recent')
    expect(entryIdsOf(message)).toEqual(ids(here).slice(0, 10))
    expect(textOf(message)).not.toContain('could not be read')
  },
)

test('a moderator who mends the permission is answered at once', async () => {
  const here = await openCustos({ days: 1 })
  const { moderator, log, town } = here
  await log.heard(READ)
  const { custos } = town.roles
  town.guild.roles.set(custos.id, { ...custos, permissions: '0' })
  const refused = await moderator.command('audit recent')
  expect(textOf(refused.message)).toContain('View Audit Log')
  town.guild.roles.set(custos.id, custos)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).not.toContain('View Audit Log')
})
