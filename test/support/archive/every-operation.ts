import { AuditLogEvent } from 'discord-api-types/v10'
import type { Archive } from '../../../src/core/archive.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import { entriesOf } from '../entries/entries.ts'
import { namedEntity, observationOf } from '../entries/names.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 20)

const idAt = (minutes: number) => firstIdAt(START + minutes * 60_000)

const BOT = '104'
const MEMBER = '101'

/** Entries of every sort that the archive stores in its own way. */
function payloads(minutes: number): object[] {
  return [
    { action_type: 22, user_id: MEMBER, target_id: '201', reason: 'Spam' },
    { action_type: 72, user_id: '102', target_id: '201', options: { channel_id: '301', count: '2' } },
    { action_type: 40, user_id: '103', target_id: null, changes: [{ key: 'code', new_value: 'abc' }] },
    { action_type: 20, user_id: BOT, target_id: MEMBER, reason: `Banned by <@${MEMBER}>: spam` },
    ...[MEMBER, '103', '105'].map((user_id) => ({
      action_type: AuditLogEvent.MemberPrune,
      user_id,
      target_id: null,
      options: { delete_member_days: '7', members_removed: '1000' },
    })),
    { action_type: 22, user_id: null, target_id: '202' },
  ].map((payload, index) => ({ ...payload, id: idAt(minutes + index) }))
}

/** An operation of the archive by its name. */
type Operations = Record<Exclude<keyof Archive, 'within' | 'hasEnded' | 'close'>, () => unknown>

/** Everything that can be done with a guild in an archive, in an order in which each finds something to do. */
export function operationsOn(archive: Archive, guildId: Snowflake): Operations {
  const names = [
    observationOf(namedEntity(MEMBER, 'user', 'Ada'), idAt(0)),
    observationOf(namedEntity(BOT, 'bot', 'Helper'), idAt(0)),
    observationOf(namedEntity('301', 'channel', 'room'), idAt(0)),
  ]
  const window = { from: idAt(-9000), to: idAt(9000) }
  const filters: readonly Filter[] = [
    {},
    window,
    { executorId: MEMBER, ...window },
    { reason: 'spam' },
    { targetId: '201', targetType: 'user' },
    { targetId: 'abc' },
    { channelId: '301' },
    { kinds: { anyOf: [20, 22] } },
    { onBehalfOfId: MEMBER },
    { withoutBots: true, ...window },
  ]
  const add = (number: number) =>
    archive.addWatch(
      guildId,
      { id: String(BigInt(idAt(-60)) + BigInt(number)), by: '7' },
      { channelId: '301', definition: { type: 'feed', filter: { kinds: { anyOf: [22, 72] } } } },
    )
  const post = (number: number, isOpen: boolean): Post => ({
    watch: 1,
    number,
    after: 0,
    to: 5,
    content: { type: 'summary', reason: 'flood', from: idAt(0), to: idAt(3), lastAt: START, isOpen },
    delivery: { type: 'sent', messageId: '9', isChanged: false },
  })
  const query = {
    command: 'audit recent',
    guildId,
    askerId: MEMBER,
    askedAt: START,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  } as const
  const all = <Result>(ask: (filter: Filter) => Promise<Result>) => Promise.all(filters.map(ask))
  let number = 0
  return {
    addWatch: async () => {
      await add(1)
      await add(2)
    },
    record: async () => {
      const entries = entriesOf(guildId, payloads(0))
      await archive.record([{ guildId, entries, from: 'gateway', names }])
      await archive.record([
        {
          guildId,
          entries: entriesOf(guildId, payloads(1)),
          from: 'rest',
          names,
          snapshotAt: idAt(100),
          complete: [{ start: idAt(-100), end: idAt(200) }],
          readAt: START,
          sweptAt: START,
        },
        { guildId, entries: [], from: 'gateway', invalidateFrom: idAt(150) },
      ])
    },
    recordOperation: () =>
      archive.recordOperation(guildId, {
        id: '5',
        by: '1',
        detail: { type: 'time zone', timeZone: 'Asia/Tokyo' },
      }),
    saveQuery: async () => {
      number = archive.saveQuery(query)
      await archive.takeQuery(guildId, archive.saveQuery(query))
    },
    savedQuery: () => archive.savedQuery(guildId, number),
    lastQuery: () => archive.lastQuery(guildId, MEMBER),
    takeQuery: () => archive.takeQuery(guildId, number),
    takenFrom: () => archive.takenFrom(number),
    wasAsked: () => archive.wasAsked(guildId),
    list: async () => {
      await all((filter) => archive.list(guildId, filter, { order: 'newest', limit: 10 }))
      await all((filter) =>
        archive.list(guildId, filter, { order: 'oldest', limit: 10, past: idAt(1), skip: 1 }),
      )
    },
    arrivals: () => all((filter) => archive.arrivals(guildId, filter, { after: 0, to: 900 }, 10)),
    countArrivals: () => all((filter) => archive.countArrivals(guildId, filter, { after: 0 })),
    newestArrival: () => archive.newestArrival(guildId),
    countedEntries: () =>
      all((filter) => archive.countedEntries(guildId, filter, { order: 'oldest', limit: 10 })),
    watches: () => archive.watches(guildId),
    allWatches: () => archive.allWatches(),
    saveProgress: () =>
      archive.saveProgress(guildId, 1, {
        position: 3,
        doneTo: START,
        paused: { obstacle: { type: 'channel' }, since: START, isTold: false },
        posts: [post(1, false), post(2, true), post(3, false)],
      }),
    unfinishedPosts: () => archive.unfinishedPosts(guildId, 1),
    newestPosts: () => archive.newestPosts(guildId, 1, 2),
    postShowing: () => archive.postShowing(guildId, 1, 2),
    watchesBehind: () => archive.watchesBehind(),
    dropHandled: () => archive.dropHandled(guildId, START + DAY),
    removeWatch: () => archive.removeWatch(guildId, { id: idAt(-50), by: '7' }, 2),
    entry: () => archive.entry(guildId, idAt(0)),
    newestId: () => archive.newestId(guildId),
    countByKind: () => all((filter) => archive.countByKind(guildId, filter)),
    countUnnamed: () => all((filter) => archive.countUnnamed(guildId, filter)),
    packDays: () => archive.packDays(guildId, 1),
    rank: async () => {
      for (const by of ['executor', 'target', 'channel'] as const) {
        await all((filter) => archive.rank(guildId, filter, { by, most: 'units', top: 5 }))
      }
    },
    repeats: () => all((filter) => archive.repeats(guildId, filter, { min: 1, skip: 0, limit: 10 })),
    newestOn: () => archive.newestOn(guildId, ['201', '202'], [20, 22], idAt(9000)),
    executors: () => archive.executors(guildId, [20, 22]),
    activity: () => archive.activity(guildId, window, [MEMBER, '102']),
    activityBySpan: () =>
      archive.activityBySpan(guildId, [idAt(-5000), idAt(3), idAt(5000)], [MEMBER, '102']),
    attributions: () => archive.attributions(guildId, window),
    lastSeen: async () => {
      await archive.lastSeen(guildId, [MEMBER, '102'], idAt(9000))
      await archive.lastSeen(guildId, [MEMBER, '102'], idAt(9000), { anyOf: [20, 22] })
    },
    countHeld: () => archive.countHeld(guildId),
    coverage: () => archive.coverage(guildId),
    names: () => archive.names(guildId, [MEMBER, BOT, '301', 'abc']),
    findNames: async () => {
      for (const text of ['', 'a', 'Ada', '10']) {
        await archive.findNames(guildId, text, 10)
        await archive.findNames(guildId, text, 10, 'user')
      }
    },
    settings: () => archive.settings(guildId),
    operations: () => archive.operations(guildId),
    countConcerning: () => archive.countConcerning(guildId, MEMBER),
    guilds: () => archive.guilds(),
    checkWritable: () => archive.checkWritable(),
    countWithHoles: () => archive.countWithHoles(),
    size: () => archive.size(),
    newestKnown: () => archive.newestKnown(idAt(9000)),
    trustedTime: () => archive.trustedTime(),
    recordTrustedTime: async () => {
      await archive.recordTrustedTime(START, 0)
      await archive.recordTrustedTime(START + DAY, DAY)
    },
    beginErasing: () => archive.beginErasing({ guildId, upTo: idAt(2), memberId: MEMBER, by: '7' }),
    isErasing: () => archive.isErasing(guildId),
    guildsErasing: () => archive.guildsErasing(),
    finishErasing: async () => {
      await archive.finishErasing(guildId)
      // What is stored of an erased member now goes another way.
      await archive.record([{ guildId, entries: entriesOf(guildId, payloads(0)), from: 'rest' }])
      await archive.beginErasing({ guildId, upTo: idAt(1), by: '7' })
      await archive.finishErasing(guildId)
    },
    vacuum: () => archive.vacuum('file'),
    applyRetention: () => archive.applyRetention(guildId, String(BigInt(idAt(2)) - 1n), START),
    lowerBound: async () => {
      await archive.lowerBound(guildId, idAt(0), idAt(1))
      await archive.lowerBound(guildId, idAt(0), undefined)
    },
    departures: () => archive.departures(),
    recordDeparture: () => archive.recordDeparture(guildId, 2, 1),
    clearDeparture: async () => {
      await archive.clearDeparture(guildId)
      await archive.recordDeparture(guildId, 2, 1)
    },
    purge: () => archive.purge(guildId),
    dropBounds: () => archive.dropBounds(idAt(9000)),
  }
}

/** Does everything that can be done with an archive, with several guilds in turn. Each operation does something in each. */
export async function doEverything(archive: Archive, guildIds: readonly Snowflake[]): Promise<void> {
  const ofEach = guildIds.map((guildId) => Object.values(operationsOn(archive, guildId)))
  for (const [index] of ofEach[0]?.entries() ?? []) {
    for (const operations of ofEach) await operations[index]?.()
  }
  await archive.record(
    guildIds.map((guildId) => ({ guildId, entries: entriesOf(guildId, payloads(50)), from: 'gateway' })),
  )
}
