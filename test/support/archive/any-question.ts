import fc from 'fast-check'
import type { ArchiveReader } from '../../../src/core/archive.ts'
import { ENTITY_CLASSES } from '../../../src/core/names/entity-class.ts'
import { type Filter, filterSchema } from '../../../src/core/query/filter.ts'
import { compareIds, type Snowflake } from '../../../src/core/snowflake.ts'
import { anyId, anyPart, anyText, anyUser, CHANNELS, KINDS, USERS } from '../entries/odd-log.ts'

/** A question to an archive, and how it reads in a failed test. */
export interface Question {
  readonly name: string
  ask(archive: ArchiveReader): Promise<unknown>
}

const fields: { readonly [Field in keyof Filter]: fc.Arbitrary<unknown> } = {
  executorId: anyUser,
  withoutBots: fc.constant(true),
  onBehalfOfId: anyUser,
  targetId: fc.oneof(anyUser, fc.constantFrom(...CHANNELS), anyText),
  targetType: fc.constantFrom(...ENTITY_CLASSES),
  kinds: fc.oneof(
    fc.record({ anyOf: fc.subarray(KINDS) }),
    fc.record({ noneOf: fc.subarray(KINDS, { maxLength: 4 }) }),
  ),
  channelId: fc.constantFrom(...CHANNELS),
  from: anyId,
  to: anyId,
  reason: anyPart,
}

/** At most two fields, because more would match almost nothing. */
const anyFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.record(fields), fc.subarray(Object.keys(fields), { maxLength: 2 }))
  .map(([values, keys]) =>
    filterSchema.parse(Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)))),
  )

const anyTyped = fc.oneof(anyPart, anyText)
const anyWindow = fc.record({ from: anyId, to: anyId }, { requiredKeys: [] })
const anyRange = fc.record({ after: fc.nat(30), to: fc.nat(60) }, { requiredKeys: ['after'] })
const anyOrder = fc.constantFrom('newest', 'oldest')
const anyLimit = fc.integer({ min: 1, max: 30 })
const anySlice = fc.record(
  { order: anyOrder, limit: anyLimit, past: anyId, skip: fc.nat(9) },
  { requiredKeys: ['order', 'limit'] },
)
const someUsers = fc.subarray(USERS)
const someKinds = fc.subarray(KINDS)

/** What is in no order, in one. */
const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted()

type Questions = { readonly [Name in keyof ArchiveReader]: fc.Arbitrary<Question['ask']> }

/** Any question that can be asked about a guild, by its name. */
function questionsAbout(guildId: Snowflake, queryNumber: number): Questions {
  return {
    list: fc.tuple(anyFilter, anySlice).map(
      ([filter, slice]) =>
        (a) =>
          a.list(guildId, filter, slice),
    ),
    countByKind: anyFilter.map((filter) => async (a) => sorted(await a.countByKind(guildId, filter))),
    countUnnamed: anyFilter.map((filter) => (a) => a.countUnnamed(guildId, filter)),
    rank: fc
      .tuple(
        anyFilter,
        fc.constantFrom('executor', 'target', 'channel'),
        fc.constantFrom('entries', 'units'),
        anyLimit,
      )
      .map(
        ([filter, by, most, top]) =>
          (a) =>
            a.rank(guildId, filter, { by, most, top }),
      ),
    repeats: fc.tuple(anyFilter, fc.integer({ min: 1, max: 3 }), fc.nat(3), anyLimit).map(
      ([filter, min, skip, limit]) =>
        (a) =>
          a.repeats(guildId, filter, { min, skip, limit }),
    ),
    newestOn: fc.tuple(someUsers, someKinds, anyId).map(
      ([users, kinds, before]) =>
        async (a) =>
          sorted(await a.newestOn(guildId, users, kinds, before)),
    ),
    executors: someKinds.map((kinds) => async (a) => sorted(await a.executors(guildId, kinds))),
    activity: fc.tuple(anyWindow, someUsers).map(
      ([window, users]) =>
        async (a) =>
          sorted(await a.activity(guildId, window, users)),
    ),
    activityBySpan: fc.tuple(fc.array(anyId, { minLength: 2, maxLength: 5 }), someUsers).map(
      ([bounds, users]) =>
        async (a) =>
          sorted(await a.activityBySpan(guildId, bounds.toSorted(compareIds), users)),
    ),
    attributions: anyWindow.map(
      (window) => async (a) => sorted([...(await a.attributions(guildId, window))]),
    ),
    lastSeen: fc.tuple(someUsers, anyId, fc.option(fc.record({ anyOf: someKinds }), { nil: undefined })).map(
      ([users, before, kinds]) =>
        async (a) =>
          sorted([...(await a.lastSeen(guildId, users, before, kinds))]),
    ),
    wasAsked: fc.constant((a) => a.wasAsked(guildId)),
    countHeld: fc.constant((a) => a.countHeld(guildId)),
    entry: anyId.map((id) => (a) => a.entry(guildId, id)),
    newestId: fc.constant((a) => a.newestId(guildId)),
    coverage: fc.constant((a) => a.coverage(guildId)),
    names: fc
      .array(fc.oneof(anyUser, fc.constantFrom(...CHANNELS), anyText))
      .map((ids) => async (a) => sorted((await a.names(guildId, ids)).all)),
    findNames: fc
      .tuple(anyTyped, anyLimit, fc.option(fc.constantFrom(...ENTITY_CLASSES), { nil: undefined }))
      .map(
        ([text, limit, type]) =>
          (a) =>
            a.findNames(guildId, text, limit, type),
      ),
    savedQuery: fc.constant((a) => a.savedQuery(guildId, queryNumber)),
    lastQuery: anyUser.map((user) => (a) => a.lastQuery(guildId, user)),
    isErasing: fc.constant((a) => a.isErasing(guildId)),
    settings: fc.constant((a) => a.settings(guildId)),
    operations: fc.constant((a) => a.operations(guildId)),
    watches: fc.constant((a) => a.watches(guildId)),
    arrivals: fc.tuple(anyFilter, anyRange, anyLimit).map(
      ([filter, range, limit]) =>
        (a) =>
          a.arrivals(guildId, filter, range, limit),
    ),
    countArrivals: fc.tuple(anyFilter, anyRange).map(
      ([filter, range]) =>
        async (a) =>
          sorted(await a.countArrivals(guildId, filter, range)),
    ),
    newestArrival: fc.constant((a) => a.newestArrival(guildId)),
    countedEntries: fc.tuple(anyFilter, anySlice).map(
      ([filter, slice]) =>
        (a) =>
          a.countedEntries(guildId, filter, slice),
    ),
    unfinishedPosts: fc.constant((a) => a.unfinishedPosts(guildId, 1)),
    newestPosts: anyLimit.map((limit) => (a) => a.newestPosts(guildId, 1, limit)),
    postShowing: fc.nat(30).map((arrival) => (a) => a.postShowing(guildId, 1, arrival)),
    countConcerning: anyUser.map((user) => (a) => a.countConcerning(guildId, user)),
  }
}

/** Any question about a guild, each kind as often as another. */
export function anyQuestion(guildId: Snowflake, queryNumber: number): fc.Arbitrary<Question> {
  const all = Object.entries(questionsAbout(guildId, queryNumber))
  return fc.oneof(...all.map(([name, asks]) => asks.map((ask) => ({ name, ask }))))
}
