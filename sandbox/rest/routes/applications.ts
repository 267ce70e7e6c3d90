import type { APIApplicationCommand } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import type { Discord } from '../../discord.ts'
import { commandPayload, withoutLocalizations } from '../../payloads/command.ts'
import { type JsonObject, jsonObjects } from '../../world/json.ts'
import type { BotEnv } from '../authorize.ts'
import { missingAccess, unknown } from '../errors.ts'
import { checkCommands, checkCount, checkOneCommand } from '../limits/command-limits.ts'
import { jsonObject, readBody } from '../message-body.ts'

type Held = Map<string, APIApplicationCommand>

/** Commands, global and of one guild. https://docs.discord.com/developers/interactions/application-commands */
export function applicationRoutes(discord: Discord) {
  const { world } = discord
  const heldBy = (context: Context<BotEnv>): Held => {
    const { application } = context.var
    if (context.req.param('app') !== application.id) throw missingAccess()
    const guildId = context.req.param('guild')
    if (guildId === undefined) return application.commands
    if (!world.guilds.get(guildId)?.members.has(application.id)) throw missingAccess()
    const held: Held = application.guildCommands.get(guildId) ?? new Map()
    application.guildCommands.set(guildId, held)
    return held
  }
  const commandOf = (context: Context<BotEnv>): APIApplicationCommand => {
    const command = heldBy(context).get(context.req.param('command') ?? '')
    if (!command) throw unknown.command()
    return command
  }
  const filledIn = (
    context: Context<BotEnv>,
    sent: JsonObject,
    id: string | undefined,
  ): APIApplicationCommand =>
    commandPayload(world, context.var.application, sent, context.req.param('guild'), id)

  const routes = new Hono<BotEnv>()
  for (const base of ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands'] as const) {
    routes
      .get(base, (context) => {
        const held = [...heldBy(context).values()]
        const whole = context.req.query('with_localizations') === 'true'
        return context.json(whole ? held : held.map(withoutLocalizations))
      })
      .put(base, async (context) => {
        const held = heldBy(context)
        const { json } = await readBody(context)
        checkCommands(json)
        const before = new Map(held)
        held.clear()
        for (const sent of jsonObjects(json)) {
          const kept = filledIn(context, sent, namesake(before, sent)?.id)
          held.set(kept.id, kept)
        }
        return context.json([...held.values()])
      })
      .post(base, async (context) => {
        const held = heldBy(context)
        const sent = jsonObject((await readBody(context)).json)
        checkOneCommand(sent)
        const before = namesake(held, sent)
        if (!before) checkCount([...held.values(), sent])
        const command = filledIn(context, sent, before?.id)
        held.set(command.id, command)
        return context.json(command, before ? 200 : 201)
      })
      .get(`${base}/:command`, (context) => context.json(commandOf(context)))
      .patch(`${base}/:command`, async (context) => {
        const command = commandOf(context)
        const sent = { ...command, ...jsonObject((await readBody(context)).json), type: command.type }
        checkOneCommand(sent)
        const changed = filledIn(context, sent, command.id)
        heldBy(context).set(changed.id, changed)
        return context.json(changed)
      })
      .delete(`${base}/:command`, (context) => {
        heldBy(context).delete(commandOf(context).id)
        return context.body(null, 204)
      })
  }
  return routes
}

/** The command that a new one of the same name and type takes the place of. */
function namesake(held: Held, { name, type }: JsonObject): APIApplicationCommand | undefined {
  return [...held.values()].find((command) => command.name === name && command.type === (type ?? 1))
}
