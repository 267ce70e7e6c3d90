import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { COUNTERS, GAUGES, TIMES } from '../../../src/core/metrics/metric-definitions.ts'
import { READ } from '../../support/log-messages.ts'
import { knownLabels } from '../../support/metric-labels.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf } from '../../support/read.ts'
import { ANY_PORT, ready, type Scrape, scrape, sumOf, urlIn } from '../../support/watching.ts'

/** How many series a process can have that serves one shard, as docs/operating.md says; each shard more adds one. */
const MOST_SERIES = 6000

/** How many of them it has that has done everything, but not failed in every way. */
const USUAL_SERIES = 2000

/** How many series the metrics of the process and of Node are, about. */
const OF_NODE = 150

/** How many labels of the process itself, such as a kind of garbage collection, are no words of ours. */
const WORD = /^[A-Za-z_.+\d]+$/

let here: OpenCustos
let scraped: Scrape & { readonly text: string }

/** Has a bot do everything it can, and fail at some of it. */
async function doEverything({ actor, clock, discord, log, moderator, other, town }: OpenCustos) {
  const [member = { id: '' }, second = { id: '' }, third = { id: '' }] = town.members
  const [channel = ''] = town.channels
  for (const { id } of [member, second]) members.kick(actor(0), id)
  members.ban(actor(1), third.id, 'Spam')
  messages.deleteMessage(actor(1), channel, second.id)

  const { message } = await moderator.command('audit recent')
  await moderator.click(message, 'Next')
  await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  await clickAll(moderator, message)
  await moderator.command('audit user', { user: moderator.userId })
  await moderator.command('audit target', { on: third.id })
  await moderator.command('audit deletes')
  await moderator.command('audit activity')
  await moderator.command('audit repeats')
  await moderator.command('audit entry', { id: town.guild.log.since().at(-1)?.id ?? '' })
  await moderator.command('audit export')
  await moderator.command('audit status')
  const shared = await moderator.command('audit recent', { public: true })
  await other.click(shared.message, 'Next')
  await moderator.command('audit recent', { since: 'never at all' })
  await moderator.userMenu('Audit: actions by', moderator.userId)
  await moderator.userMenu('Audit: actions on', second.id)
  await moderator.messageMenu('Audit: deletes since this', message)
  await moderator.autocomplete('audit target', 'on', 'a')
  const owner = town.as(town.guild.ownerId)
  await owner.command('custos settings', { timezone: 'Europe/Berlin' })
  await clickAll(owner, (await owner.command('custos forget', { member: second.id })).message)
  moderator.sendOdd(2, { id: '1', name: 'a-secret-name', type: 1 })

  const limited = { status: 429, headers: { 'retry-after': '30', 'x-ratelimit-scope': 'shared' } } as const
  discord.fault = always(AUDIT_LOG, limited)
  await moderator.command('audit recent')
  discord.fault = undefined
  discord.gateway.dropConnections()
  clock.advance(60_000)
  await ready(urlIn(log))

  /** Presses each button of a message once, and dismisses forms. */
  async function clickAll(member: MemberClient, pressed: Message): Promise<void> {
    const labels = [...JSON.stringify(pressed.body).matchAll(/"label":"([^"]+)"/g)].map(
      ([, label = '']) => label,
    )
    for (const label of labels) {
      try {
        const reply = member.sendClick(pressed, label)
        await Promise.race([reply.answered(), reply.modal()])
      } catch {
        // It is a menu, or disabled.
      }
    }
  }
}

describe('the metrics of a bot that has done everything', () => {
  const ends: (() => Promise<void> | void)[] = []

  beforeAll(async () => {
    here = await openCustos({ days: 20, httpAddress: ANY_PORT }, (end) => ends.unshift(end))
    await here.log.waitFor(READ)
    await doEverything(here)
    scraped = await scrape(urlIn(here.log))
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  test('have every definition, with its type', () => {
    const { types } = scraped
    const defined = new Map([
      ...Object.keys(COUNTERS).map((name) => [name, 'counter'] as const),
      ...Object.keys(TIMES).map((name) => [name, 'histogram'] as const),
      ...Object.keys(GAUGES).map((name) => [name, 'gauge'] as const),
    ])
    expect(new Map([...types].filter(([name]) => name.startsWith('custos_')))).toEqual(defined)
  })

  test('count what was done', () => {
    const of = (name: string, labels = {}) => sumOf(scraped, name, labels)
    expect(of('custos_interactions_total', { command: 'audit recent', outcome: 'rejected' })).toBe(1)
    expect(of('custos_interactions_total', { interaction: 'command', command: 'unknown' })).toBe(1)
    expect(of('custos_interactions_total', { interaction: 'menu', outcome: 'answered' })).toBe(3)
    expect(of('custos_interactions_total', { interaction: 'autocomplete', outcome: 'answered' })).toBe(1)
    expect(of('custos_answer_seconds_count', { command: 'audit activity' })).toBe(1)
    expect(of('custos_first_word_seconds_count', { command: 'custos settings' })).toBe(1)
    expect(of('custos_gateway_events_total', { event: 'GUILD_AUDIT_LOG_ENTRY_CREATE' })).toBe(4)
    expect(of('custos_entries_kept_total', { source: 'gateway' })).toBe(4)
    expect(of('custos_entry_delay_seconds_count')).toBe(4)
    expect(of('custos_entries_kept_total', { source: 'rest' })).toBe(here.town.guild.log.since().length - 4)
    expect(of('custos_rest_requests_total', { route: 'other' })).toBe(undefined)
    expect(of('custos_rest_rate_limits_total', { scope: 'shared' })).toBeGreaterThan(0)
    expect(of('custos_rest_requests_total', { status: '429' })).toBe(
      of('custos_rest_rate_limits_total', { scope: 'shared' }),
    )
    expect(of('custos_shards', { state: 'ready' })).toBe(1)
    expect(of('custos_servers')).toBe(1)
    expect(of('custos_servers_with_holes')).toBe(0)
    expect(of('custos_first_reads', { state: 'finished' })).toBe(1)
    expect(of('custos_archive_size_bytes')).toBeGreaterThan(10_000)
    expect(of('custos_held_events')).toBe(0)
    expect(of('custos_ready')).toBe(1)
    expect(of('custos_archive_failures_total')).toBe(undefined)
  })

  test('have no label but those that are known', async () => {
    const known = await knownLabels()
    const unknown = scraped.samples
      .filter(({ name }) => name.startsWith('custos_'))
      .flatMap(({ name, labels }) => {
        const base = name.replace(/_(?:bucket|sum|count)$/, '')
        return Object.entries(labels).flatMap(([label, value]) => {
          if (label === 'le') return []
          const allowed = known[base]?.[label] ?? []
          const isKnown = allowed instanceof RegExp ? allowed.test(value) : allowed.includes(value)
          return isKnown ? [] : [`${name}{${label}="${value}"}`]
        })
      })
    expect(unknown).toEqual([])
    const others = scraped.samples.filter(({ name }) => !name.startsWith('custos_'))
    expect(
      others.flatMap(({ labels }) => Object.values(labels)).filter((value) => !WORD.test(value)),
    ).toEqual([])
  })

  test('name nobody and nothing of a server', () => {
    const { discord, town } = here
    const { world } = discord
    const { guild } = town
    const ids = [
      ...[...world.users.keys()],
      ...[...world.guilds.keys()],
      ...[...guild.channels.keys()],
      ...[...guild.roles.keys()],
      ...guild.log.since().map(({ id }) => id),
    ]
    expect(ids.length).toBeGreaterThan(100)
    expect(ids.filter((id) => scraped.text.includes(id))).toEqual([])
    // Nor any other: fractions have as many digits, but they follow a point.
    expect(/(?<![.\d])\d{16}/.test(scraped.text)).toBe(false)
    const values = new Set(scraped.samples.flatMap(({ labels }) => Object.values(labels)))
    const names = [
      guild.name,
      ...[...world.users.values()].flatMap((user) => [user.username, user.global_name ?? user.username]),
      ...[...guild.channels.values()].map(({ name }) => name),
      ...[...guild.roles.values()].map(({ name }) => name),
      'a-secret-name',
    ]
    expect(names.length).toBeGreaterThan(50)
    const words = new Set([...values].flatMap((value) => [value, ...value.split(/[^\p{L}\d]+/u)]))
    expect(names.filter((name) => words.has(String(name)))).toEqual([])
  })

  test('are few, whatever happens', async () => {
    expect(scraped.samples.length).toBeLessThan(USUAL_SERIES)
    const known = await knownLabels()
    const statuses = 30
    const sizeOf = (metric: string, label: string): number => {
      const values = known[metric]?.[label]
      return Array.isArray(values) ? values.length : label === 'status' ? statuses : 1
    }
    const seriesOf = (metric: string, labels: readonly string[]): number => {
      // A command is used in one or two ways, and a route is requested by one method, or by two.
      const free = labels.filter((label) => label !== 'interaction' && label !== 'method')
      const ways = free.length < labels.length ? 2 : 1
      return free.reduce((product, label) => product * sizeOf(metric, label), ways)
    }
    const most = [
      ...Object.entries({ ...COUNTERS, ...GAUGES }).map(([name, { labels }]) => seriesOf(name, labels)),
      ...Object.entries(TIMES).map(
        ([name, { labels, buckets }]) => seriesOf(name, labels) * (buckets.length + 3),
      ),
    ].reduce((sum, series) => sum + series, OF_NODE)
    expect(most).toBeLessThan(MOST_SERIES)
  })
})
