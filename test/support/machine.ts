import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { BotProcess } from '../../sandbox/bot-process.ts'
import { Discord } from '../../sandbox/discord.ts'
import { type HistoryOptions, liveThrough } from '../../sandbox/history.ts'
import { found } from '../../sandbox/town.ts'
import { checkSchemas } from './schemas.ts'

export const TOKEN = 'MTAx.a-token.that-nobody-may-see'

/** A Discord with a guild that has a history, and processes of the bot that end with the test. */
export async function machine(history: HistoryOptions = { days: 20, perDay: 30, seed: 5 }) {
  const discord = await Discord.start()
  const faults = checkSchemas(discord)
  const town = found(discord, TOKEN)
  liveThrough(town, history)
  const processes: BotProcess[] = []
  onTestFinished(async () => {
    await Promise.all(processes.map((each) => each.stop('SIGKILL')))
    await discord.stop()
    expect(faults).toEqual([])
  })
  const run = (environment: Record<string, string> = {}) => {
    const bot = new BotProcess(discord, TOKEN, { environment })
    processes.push(bot)
    return bot
  }
  return { discord, town, run, moderator: town.as(town.moderators[0]?.id ?? '') }
}

/** Resolves once a bot's log has said something. */
export async function said(bot: BotProcess, message: string): Promise<void> {
  while (!bot.output.stdout.includes(`"msg":"${message}"`)) await sleep(20)
}
