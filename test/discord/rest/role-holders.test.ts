import { REST } from 'discord.js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { missingAccess } from '../../../sandbox/rest/errors.ts'
import {
  always,
  apiErrorFault,
  cloudflareFault,
  type FaultRule,
  rateLimitFault,
} from '../../../sandbox/rest/faults.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { RoleHolders } from '../../../src/discord/rest/role-holders.ts'
import { ReadBudget } from '../../../src/sync/read-budget.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** For how long members are read. */
const PATIENCE = 5000

const LIST = /\/members$/
const MEMBER = /\/members\/\d+$/
const COUNTS = /\/member-counts$/

/** A guild whose members are asked for, and all that is asked. */
async function open({ members = 0, membersIntent = false, perMinute = 1000 } = {}) {
  const here = await openDiscord()
  const { clock, discord, town } = here
  const { guild, bot } = town
  bot.membersIntent = membersIntent
  discord.rateLimits.standard = { limit: 10_000, window: 1000 }
  discord.rateLimits.global = { limit: 10_000, window: 1000 }
  const added = Array.from({ length: members }, (_, index) => {
    const user = discord.world.addUser(`member${index}`)
    guild.addMember(user, [], clock.now())
    return user.id
  })
  const asked: string[] = []
  let [underWay, most] = [0, 0]
  const watch = (troubles?: FaultRule) => {
    discord.fault = (method, path) => {
      asked.push(path.replace(/^\/guilds\/\d+/, ''))
      underWay++
      most = Math.max(most, underWay)
      return troubles?.(method, path)
    }
  }
  discord.onRestCall = () => {
    underWay--
  }
  watch()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const budget = new ReadBudget(clock, perMinute)
  const holders = new RoleHolders({
    rest: new REST({
      api: discord.api,
      retries: 0,
      globalRequestsPerSecond: 10_000,
      rejectOnRateLimit: new RateLimits(clock).rejects,
    }).setToken(TOKEN),
    budget,
    clock,
    log: new RecordedLog(),
    signal: stopping.signal,
  })
  const role = town.roles.moderator.id
  const give = (...ids: string[]) => {
    for (const id of ids) guild.members.get(id)?.roles.push(role)
  }
  return {
    ...here,
    added,
    asked,
    watch,
    mostAtOnce: () => most,
    give,
    holders: (candidates: readonly string[] = []) => holders.of(guild.id, role, candidates),
    expected: () =>
      [...guild.members.values()].filter(({ roles }) => roles.includes(role)).map(({ user }) => user.id),
  }
}

test('the member list is read page by page, one after another, until all who have the role are found', async () => {
  const { added, asked, holders, expected, give, mostAtOnce } = await open({
    members: 3500,
    membersIntent: true,
  })
  give(added[1200] ?? '')
  const { members, lacks, ...count } = await holders()
  expect(members.map(({ id }) => id).sort()).toEqual(expected().sort())
  expect([lacks, count.holders]).toEqual([undefined, expected().length])
  expect(asked).toEqual(['/roles/member-counts', '/members', '/members'])
  expect(mostAtOnce()).toBe(1)
})

test('where Discord does not say how many there are, the list is read to its end', async () => {
  const { asked, holders, expected, watch } = await open({ members: 2500, membersIntent: true })
  watch(always(COUNTS, cloudflareFault(500, 520)))
  const { members, lacks, ...count } = await holders()
  expect(members.map(({ id }) => id).sort()).toEqual(expected().sort())
  expect([lacks, count.holders]).toEqual([undefined, undefined])
  expect(asked.filter((path) => path === '/members')).toHaveLength(3)
})

test('no more members are read than the budget has room for, and an answer waits for no more than five seconds', async () => {
  const { added, asked, holders, expected, clock, give } = await open({
    members: 9500,
    membersIntent: true,
    perMinute: 4,
  })
  give(added.at(-1) ?? '')
  const usedUp = clock.slept(15_000)
  const reading = holders()
  await usedUp
  clock.advance(PATIENCE)
  const { members, lacks, ...count } = await reading
  expect([members.length, lacks, count.holders]).toEqual([expected().length - 1, 'time', expected().length])
  expect(asked).toHaveLength(4)
})

test('what an answer does not wait for is read on, for those who ask again', async () => {
  const { added, asked, holders, expected, clock, give } = await open({
    members: 9500,
    membersIntent: true,
    perMinute: 4,
  })
  give(added.at(-1) ?? '')
  const usedUp = clock.slept(15_000)
  const reading = holders()
  await usedUp
  clock.advance(PATIENCE)
  expect(await reading).toMatchObject({ lacks: 'time' })
  const again = holders()
  for (let pages = 5; pages <= 11; pages++) {
    clock.advance(15_000)
    await vi.waitUntil(() => asked.length === pages)
  }
  expect(await again).toMatchObject({ lacks: 'time' })
  await vi.waitFor(async () => expect(await holders()).toMatchObject({ lacks: undefined }))
  expect((await holders()).members).toHaveLength(expected().length)
  expect(asked).toHaveLength(11)
  clock.advance(120_000)
  await vi.waitUntil(() => {
    holders().catch(() => {})
    return asked.length > 11
  })
})

test('without the list candidates are looked up, one after another, until all who have the role are found', async () => {
  const { added, asked, holders, expected, mostAtOnce } = await open({ members: 40 })
  const last = expected().slice(1)
  const { members, lacks, ...count } = await holders([...added, ...last])
  expect(members.map(({ id }) => id).sort()).toEqual(last.sort())
  expect([lacks, count.holders]).toEqual(['list', last.length + 1])
  expect(asked.filter((path) => MEMBER.test(path))).toHaveLength(added.length + last.length)
  expect(mostAtOnce()).toBe(1)
})

test('where all who have the role are among the candidates, nothing is lacking', async () => {
  const { added, asked, holders, expected } = await open({ members: 40 })
  const { members, lacks } = await holders([...expected(), ...added])
  expect([members.length, lacks]).toEqual([expected().length, undefined])
  expect(asked.filter((path) => MEMBER.test(path))).toHaveLength(expected().length)
})

test('who has left has no role, and does not keep the others from being found', async () => {
  const { holders, expected, town } = await open()
  const { members, lacks } = await holders(['1', '2', ...expected().slice(1)])
  expect([members.length, lacks]).toEqual([expected().length - 1, 'list'])
  expect(town.guild.members.has('1')).toBe(false)
})

test('those who ask at the same time share one reading', async () => {
  const { asked, holders } = await open({ membersIntent: true })
  const [first, second] = await Promise.all([holders(), holders()])
  expect(second).toEqual(first)
  expect(asked).toEqual(['/roles/member-counts', '/members'])
})

test.each([
  ['Cloudflare’s 403', cloudflareFault(403, 1020)],
  ['an error', cloudflareFault(502, 502)],
  ['a long limit', rateLimitFault('user', 600)],
  ['a long limit on everything', rateLimitFault('global', 600)],
] as const)('%s is told in a sentence, and candidates are not looked up for it', async (_, trouble) => {
  const { added, asked, holders, watch } = await open({ members: 10, membersIntent: true })
  watch(always(LIST, trouble))
  await expect(holders(added)).rejects.toThrow(
    'Discord could not be asked who has this role. Ask again later.',
  )
  expect(asked).toEqual(['/roles/member-counts', '/members'])
})

test('Missing Access is what tells that Discord shows no list', async () => {
  const { holders, expected, watch } = await open({ membersIntent: true })
  watch(always(LIST, apiErrorFault(missingAccess())))
  expect(await holders(expected().slice(0, 2))).toMatchObject({ lacks: 'list', holders: expected().length })
})
