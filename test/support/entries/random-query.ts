import type { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { isPrunePart, prunedOf } from '../faulty-history.ts'

/** Options of a command, and which entries they match. */
export interface RandomQuery {
  readonly values: Readonly<Record<string, string>>
  /** The same query with only these options. */
  only(...options: readonly string[]): RandomQuery
  /** The same query without these options. */
  without(...options: readonly string[]): RandomQuery
  matches(entry: LogEntry): boolean
}

const isTimeout = ({ action_type, changes }: LogEntry) =>
  action_type === 145 ||
  (action_type === 24 && (JSON.stringify(changes)?.includes('communication_disabled_until') ?? false))

/** Values of the option `action`, and which entries they match. */
const ACTIONS: Readonly<Record<string, (entry: LogEntry) => boolean>> = {
  'Member Kick': ({ action_type }) => action_type === 20,
  'Member Prune': ({ action_type }) => action_type === 21,
  'Member Ban Add': ({ action_type }) => action_type === 22,
  'Message Delete': ({ action_type }) => action_type === 72,
  'Bans & kicks': ({ action_type }) => [20, 21, 22, 23].includes(action_type ?? 0),
  Deletes: ({ action_type }) => [72, 73].includes(action_type ?? 0),
  Timeouts: isTimeout,
  Members: (entry) => [24, 25, 26, 27, 28].includes(entry.action_type ?? 0) && !isTimeout(entry),
  created: ({ action_type }) => [10, 13, 30, 40, 110].includes(action_type ?? 0),
  updated: ({ action_type }) => [11, 14, 24, 25, 31].includes(action_type ?? 0),
  'Channel Update': ({ action_type }) => action_type === 11,
}

const SEARCHES = ['spam', 'RULE', 'kind', 'إعلانات', '荒らし', 'banned by', 'nothing like it']

/** A random query about a town's log. Each option is present in a quarter of them. */
export function randomQuery(town: Town, now: number, random: Random): RandomQuery {
  const actors = [...town.moderators, ...town.members].map(({ id }) => id)
  const by = random.pick([...actors, ...prunedOf(town).slice(0, 5)])
  const on = random.pick([...town.members.map(({ id }) => id), ...town.channels])
  const channel = random.pick(town.channels)
  const action = random.pick(Object.keys(ACTIONS))
  const reason = random.pick(SEARCHES)
  const [later, earlier] = [random.whole(0, 20), random.whole(21, 40)]
  const since = now - earlier * 86_400_000
  const until = now - later * 86_400_000
  const options: readonly Option[] = [
    ['by', by, (entry) => entry.user_id === by && !isPrunePart(entry, town)],
    ['on', on, ({ target_id }) => target_id === on],
    ['action', action, (entry) => ACTIONS[action]?.(entry) ?? false],
    ['channel', channel, (entry) => channelOf(entry) === channel],
    ['reason', reason, (entry) => (entry.reason ?? '').toLowerCase().includes(reason.toLowerCase())],
    ['since', `${earlier}d`, (entry) => timeOf(entry) >= since],
    ['until', `${later}d`, (entry) => timeOf(entry) < until],
  ]
  // Many options at once would match nothing.
  return of(options.filter(() => random.chance(0.25)))
}

type Option = readonly [name: string, value: string, wants: (entry: LogEntry) => boolean]

function of(given: readonly Option[]): RandomQuery {
  return {
    values: Object.fromEntries(given.map(([name, value]) => [name, value])),
    without: (...options) => of(given.filter(([name]) => !options.includes(name))),
    only: (...options) => of(given.filter(([name]) => options.includes(name))),
    matches: (entry) => given.every(([, , wants]) => wants(entry)),
  }
}

function channelOf({ action_type, options, target_id }: LogEntry): unknown {
  if (options?.channel_id !== undefined) return options.channel_id
  return [10, 11, 12, 13, 14, 15, 73].includes(action_type ?? 0) ? target_id : undefined
}

function timeOf({ id }: LogEntry): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000
}
