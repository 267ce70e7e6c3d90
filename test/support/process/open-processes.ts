import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { BotProcess, type BotProcessOptions } from '../../../sandbox/bot-process.ts'
import { Discord } from '../../../sandbox/discord.ts'
import { type HistoryOptions, simulateHistory } from '../../../sandbox/town/history.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import type { AtEnd } from '../at-end.ts'
import { checkSchemas } from '../sandbox/schemas.ts'

export const TOKEN = 'MTAx.a-token.that-nobody-may-see'

interface OpenProcessesOptions {
  readonly history?: HistoryOptions
  readonly atEnd?: AtEnd
}

/** Starts a Discord whose guild has a history, and bot processes on request, until the test ends. */
export async function openProcesses(options: OpenProcessesOptions = {}) {
  const { history = { days: 20, perDay: 30, seed: 5 }, atEnd = onTestFinished } = options
  const discord = await Discord.start()
  const problems = checkSchemas(discord)
  const town = createTown(discord, TOKEN)
  simulateHistory(town, history)
  const processes: BotProcess[] = []
  atEnd(async () => {
    for (const each of processes) each.signalGroup('SIGKILL')
    await Promise.all(processes.map((each) => each.stop('SIGKILL')))
    await discord.stop()
    expect(problems).toEqual([])
  })
  const run = (
    environment: Record<string, string> = {},
    options: Pick<BotProcessOptions, 'command' | 'script' | 'stdout'> = {},
  ) => {
    const bot = new BotProcess(discord, TOKEN, { environment, ...options })
    processes.push(bot)
    return bot
  }
  return { discord, town, run, moderator: town.as(town.moderators[0]?.id ?? '') }
}

/** Resolves once a bot has logged a message. */
export async function logged(bot: BotProcess, message: string): Promise<void> {
  while (!bot.output.stdout.includes(`"msg":"${message}"`)) await sleep(20)
}

/** Resolves once a bot has logged a matching line. */
export async function loggedMatching(bot: BotProcess, line: RegExp): Promise<void> {
  while (!line.test(bot.output.stdout)) await sleep(20)
}

/** Environment that makes a process report on stderr when it handles SIGTERM. Before that, SIGTERM would kill it. */
export const REPORTS_SIGNAL_HANDLER = {
  NODE_OPTIONS: '--import=./test/support/process/report-signal-handler.ts',
}

/** Resolves once a process started with `REPORTS_SIGNAL_HANDLER` handles SIGTERM. */
export async function handlesSignals(bot: BotProcess): Promise<void> {
  while (!bot.output.stderr.includes('handles signals\n')) await sleep(1)
}
