import { styleText } from 'node:util'
import { BotProcess } from './bot-process.ts'
import { Discord } from './discord.ts'
import { liveThrough } from './history.ts'
import { Terminal } from './terminal/terminal.ts'
import { found } from './town.ts'

const TOKEN = 'demo'
const DAYS = 60

const discord = await Discord.start()
const town = found(discord, TOKEN)
liveThrough(town, { days: DAYS, perDay: 60, seed: 7 })
const bot = new BotProcess(discord, TOKEN)

async function demo(): Promise<void> {
  const { guild, moderators } = town
  const entries = guild.log.since().length.toLocaleString('en')
  process.stdout.write(
    `${styleText('bold', `“${guild.name}”, a guild on this machine`)}: ${guild.members.size} members, ` +
      `${moderators.length} moderators, ${DAYS} days, ${entries} entries in its audit log, of which ` +
      'Discord keeps 45 days. Custos comes to it for the first time.\n\n',
  )
  await bot.ready()
  const terminal = new Terminal(town.as(moderators[0]?.id ?? ''), { world: discord.world, guild })
  await terminal.show('/audit recent')
  await terminal.show('/audit user user:@Bruno')
  await terminal.show('/audit deletes since:7d')
  await terminal.prompt()
}

try {
  await demo()
} finally {
  await bot.stop()
  await discord.stop()
}
