import { PermissionFlagsBits } from 'discord-api-types/v10'
import { Discord } from '../../../sandbox/discord.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import { DAY } from '../../../sandbox/world/units.ts'
import { newUser } from '../../../sandbox/world/user.ts'
import { CHANNELS, entriesOf, MODERATORS } from '../data.ts'
import { type FromDiscord, TOKEN } from './discord-process.ts'

/** What Discord keeps of a log, less a margin. */
const HISTORY = 40 * DAY

// A sandbox Discord in a process of its own, with guilds that have the same long log. The bot may read as fast as it can.

const [guilds = 1, entries = 1000] = process.argv.slice(2).map(Number)
const discord = await Discord.start()
const { world, rateLimits } = discord
rateLimits.global = rateLimits.standard = { limit: 1_000_000, window: 1000 }
rateLimits.routes.clear()

const start = world.now() - HISTORY
const acts = [...entriesOf('900000000000000098', entries)]
const log = acts.map(({ payload }, index) => ({
  ...payload,
  id: world.newId(start + (index / entries) * HISTORY),
}))
for (const id of acts.flatMap(({ executorId, targetId }) => [executorId ?? [], targetId ?? []].flat())) {
  if (!world.users.has(id) && !CHANNELS.includes(id))
    world.users.set(id, newUser(id, `user${id}`, null, false))
}

const bot = world.addApplication(world.addUser('Custos', { bot: true }), TOKEN)
const guildIds = Array.from({ length: guilds }, (_, index) => {
  const guild = world.addGuild(`A large library ${index}`, MODERATORS[0] ?? '', start - DAY)
  const role = newRole({ id: world.newId(), name: 'Custos', permissions: PermissionFlagsBits.ViewAuditLog })
  guild.roles.set(role.id, role)
  guild.addMember(bot.user, [role.id], start)
  for (const entry of log) guild.log.add(entry)
  return guild.id
})

const send = (message: FromDiscord) => process.send?.(message)
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  send({ type: 'cpu', milliseconds: (user + system) / 1000 })
})
process.once('disconnect', () => process.exit(0))
send({ type: 'ready', api: discord.api, guildIds })
