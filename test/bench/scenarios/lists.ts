import { kindsNamed } from '../../../src/core/audit-log/action-names.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { MEMBER_STATUS_KINDS } from '../../../src/core/query/member-status.ts'
import { PAGE_LENGTH } from '../../../src/core/query/page.ts'
import type { Slice } from '../../../src/core/query/slice.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { BOTS, CHANNELS, END, MEMBERS, MODERATORS } from '../data.ts'
import { type Budget, type Measurable, measurable } from '../measure.ts'
import { idAt, type Subject, sameEntries } from './subject.ts'

const DAY = 86_400_000
const BUDGET = { sqlite: 1, postgres: 2 }

/** The number of a page deep in a long list. */
const DEEP = 4000

/** For a page that is found by its number: the daily sums of a whole guild are read. */
const NUMBER_BUDGET = 15

/** Ids of a user and a channel without entries. */
const NOBODY = '500000000000000000'
const SOME_MODERATORS = [...[0, 2, 8, 17, 29].flatMap((index) => MODERATORS[index] ?? []), NOBODY]
const SOME_CHANNELS = [...[0, 77, 120, 199].flatMap((index) => CHANNELS[index] ?? []), NOBODY]

type Narrowing = (nth: number) => Filter

/** The filters of a list, with other values each time. */
const by: Readonly<Record<'moderator' | 'action' | 'target' | 'channel' | 'window', Narrowing>> = {
  moderator: (nth) => ({ executorId: pick(SOME_MODERATORS, nth) }),
  action: (nth) => ({
    kinds: kindsNamed(pick(['Member Kick', 'Message Delete', 'Role Create', 'Message Pin'], nth)),
  }),
  // From the most frequent target, with thousands of entries, to those with one or none.
  target: (nth) => ({ targetId: String(MEMBERS + pick([0n, 1n, 9n, 99n, 999n, 9_999n, 199_999n], nth)) }),
  channel: (nth) => ({ channelId: pick(SOME_CHANNELS, nth) }),
  window: (nth) => ({
    from: firstIdAt(END - (12 + (nth % 70)) * DAY),
    to: firstIdAt(END - (5 + (nth % 70)) * DAY),
  }),
}

const kinds =
  (name: string): Narrowing =>
  () => ({ kinds: kindsNamed(name) })
const both =
  (...narrowings: readonly Narrowing[]): Narrowing =>
  (nth) =>
    Object.assign({}, ...narrowings.map((narrow) => narrow(nth)))

const NAMED: readonly (readonly [what: string, narrow: Narrowing])[] = [
  ['newest page', () => ({})],
  ['by moderator', by.moderator],
  ['by a bot, for whom', () => ({ executorId: [...BOTS][0] ?? NOBODY, kinds: kindsNamed('Bans & kicks') })],
  ['through bots, for a moderator', () => ({ onBehalfOfId: MODERATORS[3] ?? NOBODY })],
  ['by an action', kinds('Member Kick')],
  ['by a group of actions', kinds('Bans & kicks')],
  ['by a category', kinds('updated')],
  ['by an action that never happened', kinds('Role Create')],
  ['by unknown action types', kinds('Other')],
  ['by target', by.target],
  ['by channel', by.channel],
  ['by moderator and action', both(by.moderator, by.action)],
  ['by channel and action', both(by.channel, by.action)],
  ['by moderator and channel', both(by.moderator, by.channel)],
  ['in a week', by.window],
  ['by moderator and action in a week', both(by.moderator, by.action, by.window)],
]

/** Pages of lists as moderators request them. */
export async function listScenarios(subject: Subject): Promise<Measurable[]> {
  const page = (what: string, narrow: Narrowing, slice: Slice, budget: Budget = BUDGET) =>
    list(subject, `page: ${what}`, narrow, slice, budget)
  const newest: Slice = { order: 'newest', limit: PAGE_LENGTH }
  const deep = Math.min(DEEP, subject.entries / PAGE_LENGTH / 2)
  const past = await idAt(subject, deep * PAGE_LENGTH)
  const numbered = [1033, 50_000, 100_000].filter((nth) => nth * PAGE_LENGTH <= subject.entries)
  return [
    ...NAMED.map(([what, narrow]) => page(what, narrow, newest)),
    page('oldest first', () => ({}), { ...newest, order: 'oldest' }),
    page('deep in the list', () => ({}), { ...newest, past }),
    page('deep in the list, by a category', kinds('updated'), { ...newest, past }),
    ...numbered.map((nth) =>
      page(
        `number ${nth.toLocaleString('en')}, by its number`,
        () => ({}),
        { ...newest, skip: (nth - 1) * PAGE_LENGTH },
        NUMBER_BUDGET,
      ),
    ),
    measurable({
      what: 'status of ten members',
      budget: { sqlite: 4, postgres: 4 },
      run: async (nth) => {
        const members = Array.from({ length: 10 }, (_, index) => String(MEMBERS + BigInt(10 * nth + index)))
        const { archive, guildId } = subject
        const entries = await archive.newestOn(guildId, members, MEMBER_STATUS_KINDS, firstIdAt(END))
        return entries.map(({ id }) => id)
      },
      floor: sameEntries(subject),
    }),
  ]
}

/** Every combination of filters, in both orders. */
export function combinedScenarios(subject: Subject): Measurable[] {
  const fields = Object.entries(by)
  const combinations = Array.from({ length: 2 ** fields.length }, (_, bits) =>
    fields.filter((_, index) => bits & (1 << index)),
  )
  return combinations.flatMap((chosen) =>
    (['newest', 'oldest'] as const).map((order) => {
      const what = [...chosen.map(([name]) => name), `${order} first`].join(' + ')
      const narrow = both(...chosen.map(([, narrowing]) => narrowing))
      return list(subject, what, narrow, { order, limit: PAGE_LENGTH }, BUDGET, 56)
    }),
  )
}

function list(
  subject: Subject,
  what: string,
  narrow: Narrowing,
  slice: Slice,
  budget: Budget,
  times?: number,
): Measurable {
  const { archive, guildId } = subject
  return measurable({
    what,
    budget,
    run: async (nth) => (await archive.list(guildId, narrow(nth), slice)).map(({ id }) => id),
    floor: sameEntries(subject),
    ...(times !== undefined && { times }),
  })
}

function pick<Item>(items: readonly Item[], nth: number): Item {
  const item = items[nth % items.length]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}
