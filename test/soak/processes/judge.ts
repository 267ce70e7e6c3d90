import { percentile } from '../../bench/measure.ts'
import { doubleConnections, hastyIdentifies, type Period, unserved } from './connections.ts'
import type { ProcessesSetup } from './setup.ts'
import type { Exit, LogLine, SupervisedBot } from './supervised-bot.ts'
import type { Traffic, Unanswered } from './traffic.ts'

/** How long after an outage something may still fail for it, in milliseconds. */
const AFTERMATH = 5000

/** pino's number of the level `error`. */
const ERROR = 50

/** What a process that lost its shards says before it exits. */
const LOST = /Another process has taken over/

/** What processes that share shards did, and what was wrong with it. */
export interface Verdict {
  readonly events: number
  readonly answers: number
  /** How many answers said that something is missing. */
  readonly partial: number
  readonly unanswered: number
  readonly identifies: number
  readonly resumes: number
  /** How often the commands were registered. */
  readonly registrations: number
  /** How many requests Discord refused, for the limit of all routes and for that of one. */
  readonly refused: Readonly<Record<'global' | 'user', number>>
  readonly exits: Readonly<Record<string, number>>
  /** For how long no running process had a server’s shard connected: the longest, and the median of all times, in milliseconds. */
  readonly unserved: { readonly longest: number; readonly median: number; readonly times: number }
  /** The longest time between two complete answers in a server, in milliseconds. */
  readonly longestWithoutAnswer: number
  readonly problems: readonly string[]
}

interface Circumstances {
  readonly range: Period
  readonly outages: {
    /** When PostgreSQL did not run. */
    readonly ofDatabase: readonly Period[]
    /** When too few processes ran for all shards. */
    readonly ofProcesses: readonly Period[]
  }
  readonly takeOver: number
}

/** Judges what several processes did while moderators acted and asked. */
export function judge(setup: ProcessesSetup, traffic: Traffic, circumstances: Circumstances): Verdict {
  const { discord, bots, options, pauses } = setup
  const { gateway, rateLimits } = discord
  const record = gateway.shardConnections
  const { range, outages, takeOver } = circumstances
  const gaps = shardsOf(setup).flatMap((shard) =>
    unserved(record, pauses, shard, range).map((gap) => ({ shard, ...gap })),
  )
  const lengths = gaps.map(({ from, until }) => until - from)
  const all = [...outages.ofDatabase, ...outages.ofProcesses]
  const late = gaps.filter(({ from, until }) => until - possibleFrom(from, until, all) > takeOver)
  return {
    events: traffic.events,
    answers: traffic.answers,
    partial: traffic.partial,
    unanswered: traffic.unanswered.length,
    identifies: record.filter(({ type }) => type === 'identify').length,
    resumes: record.filter(({ type }) => type === 'resume').length,
    registrations: setup.registrations.length,
    refused: rateLimits.exceeded,
    exits: Object.fromEntries(
      [
        ...Map.groupBy(
          bots.flatMap(({ exits }) => exits),
          kindOf,
        ),
      ].map(([kind, exits]) => [kind, exits.length]),
    ),
    unserved: {
      longest: Math.max(0, ...lengths),
      median: lengths.length > 0 ? percentile(lengths, 50) : 0,
      times: lengths.length,
    },
    longestWithoutAnswer: longestWithoutAnswer(setup, traffic, range),
    problems: [
      ...traffic.problems,
      ...bots.flatMap(({ problems }) => problems),
      ...doubleConnections(record, pauses),
      ...hastyIdentifies(record, gateway.maxConcurrency, options.identifyInterval),
      ...(gateway.identifiesTooSoon > 0 ? [`${gateway.identifiesTooSoon} shards identified too soon.`] : []),
      ...(rateLimits.exceeded.global > 0 ? [`The global limit refused ${rateLimits.exceeded.global}.`] : []),
      ...late.map(
        ({ shard, from, until }) => `Shard ${shard} was not connected for ${Math.round(until - from)} ms.`,
      ),
      ...wrongRegistrations(setup),
      ...traffic.unanswered
        .filter((each) => isUnexcused(setup, each, outages.ofDatabase))
        .map((each) => describe(setup, each, range.from)),
      ...bots.flatMap((bot) => bot.exits.flatMap((exit) => wrongExit(bot, exit))),
      ...bots.flatMap(({ host, lines }) =>
        lines.filter(isFault).map((line) => `${host} logged: ${brief(line)}`),
      ),
    ],
  }
}

function shardsOf({ options }: ProcessesSetup): number[] {
  return Array.from({ length: options.shards }, (_, shard) => shard)
}

/** When a process could first have taken over, in a time in which nobody served: after the last outage in it. */
function possibleFrom(from: number, until: number, outages: readonly Period[]): number {
  return Math.max(from, ...outages.filter((outage) => outage.from < until).map((outage) => outage.until))
}

function longestWithoutAnswer({ guilds }: ProcessesSetup, { answeredAt }: Traffic, range: Period): number {
  const waits = guilds.flatMap((guild) => {
    const times = [range.from, ...(answeredAt.get(guild) ?? [])]
    return times.slice(1).map((time, index) => time - (times[index] ?? 0))
  })
  return Math.max(0, ...waits)
}

/** The commands are registered once by each process that takes over the first shards, and by no other. */
function wrongRegistrations({ discord, bots, registrations }: ProcessesSetup): string[] {
  const first = discord.gateway.shardConnections.filter(({ shard }) => shard === 0)
  const processOf = (host: string, time: number) => {
    const exits = bots.find((bot) => bot.host === host)?.exits ?? []
    return `${host} ${exits.filter(({ at }) => at < time).length}`
  }
  const serving = new Set(first.map(({ host, from }) => processOf(host, from)))
  const registering = registrations.map(({ host, at }) => processOf(host, at))
  return [
    ...(registering.length === 0 ? ['Nobody registered the commands.'] : []),
    ...registering
      .filter((process, index) => !serving.has(process) || registering.indexOf(process) < index)
      .map((process) => `${process} registered the commands, which another does, or it had done before.`),
  ]
}

/** Whether nothing had happened to the process that should have replied, nor to its database. */
function isUnexcused(
  setup: ProcessesSetup,
  { guild, from, until }: Unanswered,
  outages: readonly Period[],
): boolean {
  const shard = setup.shardOf(guild)
  const overlaps = (period: Period, after = 0) => period.from < until && period.until + after > from
  if (outages.some((outage) => overlaps(outage, AFTERMATH))) return false
  const connection = setup.discord.gateway.shardConnections.find(
    (each) => each.shard === shard && each.from < from && (each.until ?? Number.POSITIVE_INFINITY) > until,
  )
  const bot = setup.bots.find(({ host }) => host === connection?.host)
  return bot !== undefined && ![...bot.pauses, ...bot.cutOffs].some((period) => overlaps(period, AFTERMATH))
}

function describe(setup: ProcessesSetup, { guild, from, reply }: Unanswered, since: number): string {
  const at = Math.round((from - since) / 1000)
  const answer = reply ?? 'no reply'
  return `A question in ${guild.id} on shard ${setup.shardOf(guild)}, ${at} s after the start, got: ${answer}`
}

function kindOf({ sent, code }: Exit): string {
  if (sent !== undefined) return `after ${sent} ${code ?? ''}`.trim()
  return `by itself ${code ?? ''}`.trim()
}

function wrongExit({ host }: SupervisedBot, exit: Exit): string[] {
  const { sent, code, lines, stderr } = exit
  if (sent === 'SIGKILL') return []
  const isRight =
    sent === 'SIGTERM'
      ? code === 0
      : code === 1 && [stderr, ...lines.map(({ msg }) => msg)].some((text) => LOST.test(text))
  const said = stderr || lines.slice(-3).map(brief).join('\n')
  return isRight ? [] : [`${host} ended ${kindOf(exit)}: ${said}`]
}

/** Whether a line is an error, other than that the database cannot be reached, or that the shards are lost. */
function isFault({ level, msg, err }: LogLine): boolean {
  return level >= ERROR && !LOST.test(msg) && !JSON.stringify(err ?? '').includes('ArchiveUnavailable')
}

function brief(line: LogLine): string {
  return JSON.stringify(line).slice(0, 600)
}
