import type { APIApplicationCommand } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import { commandPayload, withoutLocalizations } from '../../payloads/command.ts'
import { type JsonObject, jsonObjects } from '../../world/json.ts'
import type { World } from '../../world/world.ts'
import type { BotEnv } from '../authorize.ts'
import { missingAccess, unknown } from '../errors.ts'
import { checkCommands, checkCount, checkOneCommand } from '../limits/command-limits.ts'
import { asJsonObject, readBody } from '../request-body.ts'

type Commands = Map<string, APIApplicationCommand>

/** Global commands and commands of one guild. https://docs.discord.com/developers/interactions/application-commands */
export function applicationRoutes(world: World) {
  const commandsOf = (context: Context<BotEnv>): Commands => {
    const { application } = context.var
    if (context.req.param('app') !== application.id) throw missingAccess()
    const guildId = context.req.param('guild')
    if (guildId === undefined) return application.commands
    if (!world.guilds.get(guildId)?.members.has(application.id)) throw missingAccess()
    const commands: Commands = application.guildCommands.get(guildId) ?? new Map()
    application.guildCommands.set(guildId, commands)
    return commands
  }
  const commandOf = (context: Context<BotEnv>): APIApplicationCommand => {
    const command = commandsOf(context).get(context.req.param('command') ?? '')
    if (!command) throw unknown.command()
    return command
  }
  const stored = (
    context: Context<BotEnv>,
    sent: JsonObject,
    id: string | undefined,
  ): APIApplicationCommand =>
    commandPayload(world, context.var.application, sent, context.req.param('guild'), id)

  const routes = new Hono<BotEnv>()
  // A bot may read them; only an OAuth2 token of a member may change them.
  routes.get('/applications/:app/guilds/:guild/commands/permissions', (context) => {
    commandsOf(context)
    const { application } = context.var
    const guildId = context.req.param('guild')
    const lists = [...(application.commandPermissions.get(guildId) ?? [])]
    return context.json(
      lists.map(([id, permissions]) => ({
        id,
        application_id: application.id,
        guild_id: guildId,
        permissions,
      })),
    )
  })
  for (const base of ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands'] as const) {
    routes
      .get(base, (context) => {
        const commands = [...commandsOf(context).values()]
        const whole = context.req.query('with_localizations') === 'true'
        return context.json(whole ? commands : commands.map(withoutLocalizations))
      })
      .put(base, async (context) => {
        const commands = commandsOf(context)
        const { json } = await readBody(context)
        checkCommands(json)
        const before = new Map(commands)
        commands.clear()
        for (const sent of jsonObjects(json)) {
          const command = stored(context, sent, commandLike(before, sent)?.id)
          commands.set(command.id, command)
        }
        return context.json([...commands.values()])
      })
      .post(base, async (context) => {
        const commands = commandsOf(context)
        const sent = asJsonObject((await readBody(context)).json)
        checkOneCommand(sent)
        const before = commandLike(commands, sent)
        if (!before) checkCount([...commands.values(), sent])
        const command = stored(context, sent, before?.id)
        commands.set(command.id, command)
        return context.json(command, before ? 200 : 201)
      })
      .get(`${base}/:command`, (context) => context.json(commandOf(context)))
      .patch(`${base}/:command`, async (context) => {
        const command = commandOf(context)
        const sent = { ...command, ...asJsonObject((await readBody(context)).json), type: command.type }
        checkOneCommand(sent)
        const changed = stored(context, sent, command.id)
        commandsOf(context).set(changed.id, changed)
        return context.json(changed)
      })
      .delete(`${base}/:command`, (context) => {
        commandsOf(context).delete(commandOf(context).id)
        return context.body(null, 204)
      })
  }
  return routes
}

/** The command with the same name and type, which a new one replaces. */
function commandLike(commands: Commands, { name, type }: JsonObject): APIApplicationCommand | undefined {
  return [...commands.values()].find((command) => command.name === name && command.type === (type ?? 1))
}
