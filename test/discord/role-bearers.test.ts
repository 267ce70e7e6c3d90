import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { missingAccess } from '../../sandbox/rest/errors.ts'
import { cloudflare, limited, on, refused, type Troubles } from '../../sandbox/rest/troubles.ts'
import { RateLimits } from '../../src/discord/rate-limits.ts'
import { RoleBearers } from '../../src/discord/role-bearers.ts'
import { ReadBudget } from '../../src/sync/read-budget.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'
import { RecordedLog } from '../support/recorded-log.ts'

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
  const watch = (troubles?: Troubles) => {
    discord.trouble = (method, path) => {
      asked.push(path.replace(/^\/guilds\/\d+/, ''))
      underWay++
      most = Math.max(most, underWay)
      return troubles?.(method, path)
    }
  }
  discord.onExchange = () => {
    underWay--
  }
  watch()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const budget = new ReadBudget(clock, perMinute)
  const bearers = new RoleBearers({
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
    bearers: (candidates: readonly string[] = []) => bearers.of(guild.id, role, candidates),
    bearing: () =>
      [...guild.members.values()].filter(({ roles }) => roles.includes(role)).map(({ user }) => user.id),
  }
}

test('the member list is read page by page, one after another, until all who have the role are found', async () => {
  const { added, asked, bearers, bearing, give, mostAtOnce } = await open({
    members: 3500,
    membersIntent: true,
  })
  give(added[1200] ?? '')
  const { members, lacks, ...count } = await bearers()
  expect(members.map(({ id }) => id).sort()).toEqual(bearing().sort())
  expect([lacks, count.bearers]).toEqual([undefined, bearing().length])
  expect(asked).toEqual(['/roles/member-counts', '/members', '/members'])
  expect(mostAtOnce()).toBe(1)
})

test('where Discord does not say how many there are, the list is read to its end', async () => {
  const { asked, bearers, bearing, watch } = await open({ members: 2500, membersIntent: true })
  watch(on(COUNTS, cloudflare(500, 520)))
  const { members, lacks, ...count } = await bearers()
  expect(members.map(({ id }) => id).sort()).toEqual(bearing().sort())
  expect([lacks, count.bearers]).toEqual([undefined, undefined])
  expect(asked.filter((path) => path === '/members')).toHaveLength(3)
})

test('no more members are read than the budget has room for, and for so long that an answer can wait for it', async () => {
  const { added, asked, bearers, bearing, clock, give } = await open({
    members: 9500,
    membersIntent: true,
    perMinute: 4,
  })
  give(added.at(-1) ?? '')
  const usedUp = clock.slept(15_000)
  const reading = bearers()
  await usedUp
  clock.advance(PATIENCE)
  const { members, lacks, ...count } = await reading
  expect([members.length, lacks, count.bearers]).toEqual([bearing().length - 1, 'time', bearing().length])
  expect(asked).toHaveLength(4)
})

test('without the list candidates are looked up, one after another, until all who have the role are found', async () => {
  const { added, asked, bearers, bearing, mostAtOnce } = await open({ members: 40 })
  const last = bearing().slice(1)
  const { members, lacks, ...count } = await bearers([...added, ...last])
  expect(members.map(({ id }) => id).sort()).toEqual(last.sort())
  expect([lacks, count.bearers]).toEqual(['list', last.length + 1])
  expect(asked.filter((path) => MEMBER.test(path))).toHaveLength(added.length + last.length)
  expect(mostAtOnce()).toBe(1)
})

test('where all who have the role are among the candidates, nothing is lacking', async () => {
  const { added, asked, bearers, bearing } = await open({ members: 40 })
  const { members, lacks } = await bearers([...bearing(), ...added])
  expect([members.length, lacks]).toEqual([bearing().length, undefined])
  expect(asked.filter((path) => MEMBER.test(path))).toHaveLength(bearing().length)
})

test('who has left bears no role, and does not keep the others from being found', async () => {
  const { bearers, bearing, town } = await open()
  const { members, lacks } = await bearers(['1', '2', ...bearing().slice(1)])
  expect([members.length, lacks]).toEqual([bearing().length - 1, 'list'])
  expect(town.guild.members.has('1')).toBe(false)
})

test('those who ask at the same time share one reading', async () => {
  const { asked, bearers } = await open({ membersIntent: true })
  const [first, second] = await Promise.all([bearers(), bearers()])
  expect(second).toEqual(first)
  expect(asked).toEqual(['/roles/member-counts', '/members'])
})

test.each([
  ['Cloudflare’s 403', cloudflare(403, 1020)],
  ['an error', cloudflare(502, 502)],
  ['a long limit', limited('user', 600)],
  ['a long limit on everything', limited('global', 600)],
] as const)('%s is told in a sentence, and candidates are not looked up for it', async (_, trouble) => {
  const { added, asked, bearers, watch } = await open({ members: 10, membersIntent: true })
  watch(on(LIST, trouble))
  await expect(bearers(added)).rejects.toThrow(
    'Discord could not be asked who has this role. Ask again in a minute.',
  )
  expect(asked).toEqual(['/roles/member-counts', '/members'])
})

test('Missing Access is what tells that Discord shows no list', async () => {
  const { bearers, bearing, watch } = await open({ membersIntent: true })
  watch(on(LIST, refused(missingAccess())))
  expect(await bearers(bearing().slice(0, 2))).toMatchObject({ lacks: 'list', bearers: bearing().length })
})
