import fc from 'fast-check'
import type { ArchiveReader } from '../../../src/core/archive.ts'
import { ENTITY_CLASSES } from '../../../src/core/names/entity-class.ts'
import { type Filter, filterSchema } from '../../../src/core/query/filter.ts'
import { compareIds, firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'

/** A question to an archive, and how it reads in a failed test. */
export interface Question {
  readonly name: string
  ask(archive: ArchiveReader): Promise<unknown>
}

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 20)
const USERS = ['0', '101', '102', '104', '9007199254740993', '1564237482688512104']
const CHANNELS = ['201', '202', '1564446472273922735']
const KINDS = [1, 12, 20, 21, 22, 24, 25, 26, 40, 72, 73, 999, -1, -3, -4]

/** Texts of which a database, an index or a pattern may think otherwise. */
const TEXTS = [
  '',
  ' ',
  '%',
  '_',
  '\\',
  '\\%_',
  "'; --",
  '"askerId":"101"',
  'a\0b',
  '\0',
  'half \ud83e of one',
  'שלום \u202e abc',
  'İstanbul',
  'STRASSE ẞ',
  'straße',
  'ΣΑΣ',
  'ﬁn',
  '💥🧹',
  'é e\u0301',
  '100% sure, no_reason',
  'null',
  '101',
  '-1',
  '9223372036854775807',
  'x\n\r\t y',
  '\ufffd',
  '一'.repeat(3000),
  'A fox, a box, a BOX.'.repeat(200),
]

const anyText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map((texts) => texts.join('')),
)

/** A part of a text, in some case: what a member may type to find it. */
const anyPart = fc
  .tuple(anyText, fc.nat(5), fc.nat(8), fc.constantFrom('as it is', 'upper', 'lower'))
  .map(([text, start, length, letters]) => {
    const part = text.slice(start, start + length)
    if (letters === 'as it is') return part
    return letters === 'upper' ? part.toUpperCase() : part.toLowerCase()
  })

const anyTyped = fc.oneof(anyPart, anyText)

const anyUser = fc.constantFrom(...USERS)
const anyId = fc
  .tuple(fc.nat(6 * 24), fc.nat(2))
  .map(([hour, serial]) => String(BigInt(firstIdAt(START + (hour * DAY) / 24)) + BigInt(serial)))

const anyReason = fc.oneof(
  anyText,
  fc.tuple(anyText, anyUser).map(([text, user]) => `Banned by <@${user}>: ${text}`),
  anyText.map((text) => `Moderator: ${text}`),
)

/** A log with the texts, in which few users act on few others. */
export const anyOddLog = fc.uniqueArray(
  fc.record(
    {
      id: anyId,
      action_type: fc.constantFrom(...KINDS.filter((kind) => kind >= 0)),
      user_id: fc.option(anyUser),
      target_id: fc.oneof(anyUser, fc.constantFrom(...CHANNELS), anyText, fc.constant(null)),
      reason: anyReason,
      options: fc.record(
        {
          channel_id: fc.constantFrom(...CHANNELS),
          count: fc.nat(5).map(String),
          delete_member_days: fc.constant('7'),
          members_removed: fc.constant('1000'),
        },
        { requiredKeys: [] },
      ),
      odd: anyText,
    },
    { requiredKeys: ['id', 'action_type'] },
  ),
  { selector: ({ id }) => id, minLength: 60, maxLength: 150, size: 'max' },
)

/** The names of those who act and are acted on, one of whom is a bot. */
export const anyNames = fc.array(
  fc.record({
    id: fc.constantFrom(...USERS, ...CHANNELS),
    type: fc.constantFrom('user', 'bot', 'role', 'channel', 'webhook'),
    name: fc.option(anyText),
    alias: anyText,
    at: anyId,
    presence: fc.constantFrom('present', 'gone', 'named'),
  }),
  { minLength: 15, maxLength: 30, size: 'max' },
)

const fields: { readonly [Field in keyof Filter]: fc.Arbitrary<unknown> } = {
  executorId: anyUser,
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

const anyWindow = fc.record({ from: anyId, to: anyId }, { requiredKeys: [] })
const anyOrder = fc.constantFrom('newest', 'oldest')
const anyLimit = fc.integer({ min: 1, max: 30 })
const someUsers = fc.subarray(USERS)
const someKinds = fc.subarray(KINDS)

/** What is in no order, in one. */
const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted()

type Questions = { readonly [Name in keyof ArchiveReader]: fc.Arbitrary<Question['ask']> }

/** Any question that can be asked about a guild, by its name. */
function questionsAbout(guildId: Snowflake, queryNumber: number): Questions {
  return {
    list: fc
      .tuple(
        anyFilter,
        fc.record(
          { order: anyOrder, limit: anyLimit, past: anyId, skip: fc.nat(9) },
          { requiredKeys: ['order', 'limit'] },
        ),
      )
      .map(
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
    countConcerning: anyUser.map((user) => (a) => a.countConcerning(guildId, user)),
  }
}

/** Any question about a guild, each kind as often as another. */
export function anyQuestion(guildId: Snowflake, queryNumber: number): fc.Arbitrary<Question> {
  const all = Object.entries(questionsAbout(guildId, queryNumber))
  return fc.oneof(...all.map(([name, asks]) => asks.map((ask) => ({ name, ask }))))
}

/** A text that a member may have searched for. */
export const anySearch = anyText
