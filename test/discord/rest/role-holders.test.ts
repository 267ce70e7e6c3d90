import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
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
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** How long an answer waits for members. */
const ANSWER_TIMEOUT = 5000

const LIST = /\/members$/
const MEMBER = /\/members\/\d+$/
const COUNTS = /\/member-counts$/

/** A guild whose members are read, and the requests for them. */
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
  const requested: string[] = []
  let [inProgress, most] = [0, 0]
  const watch = (troubles?: FaultRule) => {
    discord.fault = (method, path, query) => {
      requested.push(path.replace(/^\/guilds\/\d+/, ''))
      inProgress++
      most = Math.max(most, inProgress)
      return troubles?.(method, path, query)
    }
  }
  discord.onRestCall = () => {
    inProgress--
  }
  watch()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const limits = { perSecond: 1000, backgroundPerMinute: perMinute }
  const budget = new ReadBudget(clock, limits, stopping.signal)
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
  const giveRole = (...ids: string[]) => {
    for (const id of ids) guild.members.get(id)?.roles.push(role)
  }
  return {
    ...here,
    added,
    requested,
    watch,
    mostAtOnce: () => most,
    giveRole,
    holders: (candidates: readonly string[] = []) => holders.of(guild.id, role, candidates),
    expected: () =>
      [...guild.members.values()].filter(({ roles }) => roles.includes(role)).map(({ user }) => user.id),
  }
}

test('the member list is read one page after another, until all members with the role are found', async () => {
  const { added, requested, holders, expected, giveRole, mostAtOnce } = await open({
    members: 3500,
    membersIntent: true,
  })
  giveRole(added[1200] ?? '')
  const { members, lacks, ...count } = await holders()
  expect(members.map(({ id }) => id).sort()).toEqual(expected().sort())
  expect([lacks, count.holders]).toEqual([undefined, expected().length])
  expect(requested).toEqual(['/roles/member-counts', '/members', '/members'])
  expect(mostAtOnce()).toBe(1)
})

test('if Discord does not say how many there are, the list is read to its end', async () => {
  const { requested, holders, expected, watch } = await open({ members: 2500, membersIntent: true })
  watch(always(COUNTS, cloudflareFault(500, 520)))
  const { members, lacks, ...count } = await holders()
  expect(members.map(({ id }) => id).sort()).toEqual(expected().sort())
  expect([lacks, count.holders]).toEqual([undefined, undefined])
  expect(requested.filter((path) => path === '/members')).toHaveLength(3)
})

/** Starts a reading of more members than the budget of a minute is enough for, and waits until it is used up. */
async function exhaustBudget() {
  const here = await open({ members: 9500, membersIntent: true, perMinute: 4 })
  here.giveRole(here.added.at(-1) ?? '')
  const isExhausted = here.clock.slept(15_000)
  const reading = here.holders()
  await isExhausted
  return { ...here, reading }
}

test('reading stays within the budget, and an answer waits at most five seconds', async () => {
  const { requested, expected, clock, reading } = await exhaustBudget()
  clock.advance(ANSWER_TIMEOUT)
  const { members, lacks, ...count } = await reading
  expect([members.length, lacks, count.holders]).toEqual([expected().length - 1, 'time', expected().length])
  expect(requested).toHaveLength(4)
})

test('a slow reading continues for the next answer', async () => {
  const { requested, holders, expected, clock, reading } = await exhaustBudget()
  clock.advance(ANSWER_TIMEOUT)
  expect(await reading).toMatchObject({ lacks: 'time' })
  const again = holders()
  for (let pages = 5; pages <= 11; pages++) {
    clock.advance(15_000)
    await expect.poll(() => requested.length).toBe(pages)
  }
  expect(await again).toMatchObject({ lacks: 'time' })
  await expect.poll(() => holders()).toMatchObject({ lacks: undefined })
  expect((await holders()).members).toHaveLength(expected().length)
  expect(requested).toHaveLength(11)
  clock.advance(120_000)
  await expect
    .poll(() => {
      holders().catch(() => {})
      return requested.length
    })
    .toBeGreaterThan(11)
})

test('without the list, one candidate after another is looked up, until all members with the role are found', async () => {
  const { added, requested, holders, expected, mostAtOnce } = await open({ members: 40 })
  const last = expected().slice(1)
  const { members, lacks, ...count } = await holders([...added, ...last])
  expect(members.map(({ id }) => id).sort()).toEqual(last.sort())
  expect([lacks, count.holders]).toEqual(['list', last.length + 1])
  expect(requested.filter((path) => MEMBER.test(path))).toHaveLength(added.length + last.length)
  expect(mostAtOnce()).toBe(1)
})

test('if all members with the role are candidates, the result is complete', async () => {
  const { added, requested, holders, expected } = await open({ members: 40 })
  const { members, lacks } = await holders([...expected(), ...added])
  expect([members.length, lacks]).toEqual([expected().length, undefined])
  expect(requested.filter((path) => MEMBER.test(path))).toHaveLength(expected().length)
})

test('a candidate who has left is skipped', async () => {
  const { holders, expected, town } = await open()
  const { members, lacks } = await holders(['1', '2', ...expected().slice(1)])
  expect([members.length, lacks]).toEqual([expected().length - 1, 'list'])
  expect(town.guild.members.has('1')).toBe(false)
})

test('answers at the same time share one reading', async () => {
  const { requested, holders } = await open({ membersIntent: true })
  const [first, second] = await Promise.all([holders(), holders()])
  expect(second).toEqual(first)
  expect(requested).toEqual(['/roles/member-counts', '/members'])
})

test.each([
  ['Cloudflare’s 403', cloudflareFault(403, 1020)],
  ['an error', cloudflareFault(502, 502)],
  ['a long limit', rateLimitFault('user', 600)],
  ['a long limit on everything', rateLimitFault('global', 600)],
] as const)('%s is reported in a sentence, and candidates are not looked up', async (_, trouble) => {
  const { added, requested, holders, watch } = await open({ members: 10, membersIntent: true })
  watch(always(LIST, trouble))
  await expect(holders(added)).rejects.toThrow('Discord did not say who has this role. Try again later.')
  expect(requested).toEqual(['/roles/member-counts', '/members'])
})

test('Missing Access means that Discord does not give the member list', async () => {
  const { holders, expected, watch } = await open({ membersIntent: true })
  watch(always(LIST, apiErrorFault(missingAccess())))
  expect(await holders(expected().slice(0, 2))).toMatchObject({ lacks: 'list', holders: expected().length })
})
