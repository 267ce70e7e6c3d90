import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { missingAccess } from '../../../sandbox/rest/errors.ts'
import { always, apiErrorFault, type FaultRule } from '../../../sandbox/rest/faults.ts'
import { OwnerRightsReader } from '../../../src/discord/rest/owner-rights.ts'
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** A guild with the command `/custos`, and what was requested to find out who may act for its owner. */
async function open(known: 'owner known' | 'owner unknown' = 'owner known') {
  const here = await openDiscord()
  const { clock, discord, town, rest } = here
  const { guild, bot } = town
  await rest.put(`/applications/${bot.id}/commands`, [{ name: 'custos', description: 'Manage Custos' }])
  const commandId = [...bot.commands.keys()][0] ?? ''
  const requested: string[] = []
  const watch = (fault?: FaultRule) => {
    discord.fault = (method, path, query) => {
      requested.push(path)
      return fault?.(method, path, query)
    }
  }
  watch()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  const reader = new OwnerRightsReader({
    rest: new REST({ api: discord.api, retries: 0 }).setToken(TOKEN),
    guilds: { ownerOf: () => (known === 'owner known' ? guild.ownerId : undefined) },
    budget: new ReadBudget(clock, { perSecond: 1000, backgroundPerMinute: 1000 }, stopping.signal),
    clock,
    signal: stopping.signal,
  })
  const admin = town.moderators[0]?.id ?? ''
  const ask = (how: 'of' | 'recently') => (userId: string) => {
    const roles = guild.members.get(userId)?.roles ?? []
    return reader[how]({ applicationId: bot.id, guildId: guild.id, userId, roles }, 'custos', log)
  }
  const allow = (id: string, type: 1 | 2, on = commandId) =>
    bot.commandPermissions.set(guild.id, new Map([[on, [{ id, type, permission: true }]]]))
  return {
    ...here,
    owner: guild.ownerId,
    admin,
    of: ask('of'),
    recently: ask('recently'),
    allow,
    requested,
    watch,
    log,
  }
}

test('the owner has them, and Discord is not asked', async () => {
  const { of, owner, requested } = await open()
  expect(await of(owner)).toBe('granted')
  expect(requested).toEqual([])
})

test('the owner is read if no event has named them', async () => {
  const { of, owner, admin } = await open('owner unknown')
  expect(await of(owner)).toBe('granted')
  expect(await of(admin)).toBe('denied')
})

test('an administrator has them only if the server allows the command to them or to a role of theirs', async () => {
  const { of, admin, allow, town } = await open()
  expect(await of(admin)).toBe('denied')
  allow(admin, 2)
  expect(await of(admin)).toBe('granted')
  allow(town.roles.admin.id, 1)
  expect(await of(admin)).toBe('granted')
  allow(town.roles.admin.id, 1, town.bot.id)
  expect(await of(admin)).toBe('denied')
  allow(town.guild.id, 1)
  expect(await of(admin)).toBe('denied')
})

test('nobody but the owner is known to have them while Discord does not say, and the log says why', async () => {
  const { of, owner, admin, allow, watch, log } = await open()
  allow(admin, 2)
  watch(always(/permissions$/, apiErrorFault(missingAccess())))
  expect(await of(admin)).toBe('unknown')
  expect(await of(owner)).toBe('granted')
  expect(log.lines.map(({ message }) => message)).toEqual([
    'Reading who may act for the owner failed. Only the owner may.',
  ])
})

test.each([/permissions$/, /commands$/, /^\/guilds\/\d+$/])(
  'a response that says nothing leaves open who has them: %s',
  async (path) => {
    const { of, admin, watch } = await open('owner unknown')
    for (const body of ['null', '{}', '""']) {
      watch(always(path, { status: 200, body }))
      expect(await of(admin)).toBe('unknown')
    }
  },
)

test('however many members ask within half a minute, Discord is asked once', async () => {
  const { recently, owner, admin, allow, town, requested, clock } = await open()
  const [moderator = '', other = ''] = town.moderators.slice(1).map(({ id }) => id)
  expect(await recently(owner)).toBe('granted')
  expect(requested).toEqual([])
  expect(await Promise.all([moderator, other, admin].map(recently))).toEqual(['denied', 'denied', 'denied'])
  allow(admin, 2)
  clock.advance(29_999)
  expect(await recently(admin)).toBe('denied')
  expect(requested).toHaveLength(2)
  clock.advance(1)
  expect(await recently(admin)).toBe('granted')
  expect(requested).toHaveLength(4)
})

test('a member does not wait for Discord for longer than ten seconds', async () => {
  const { of, admin, watch, clock } = await open()
  watch(always(/permissions$/, 'silence'))
  const waiting = clock.slept(10_000)
  const rights = of(admin)
  await waiting
  clock.advance(10_000)
  expect(await rights).toBe('unknown')
})
