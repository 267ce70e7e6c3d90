import type { APIApplicationCommand } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Discord } from '../discord.ts'
import type { Application } from '../world.ts'
import type { BotEnv } from './bot.ts'
import { checkCommands, checkOneCommand } from './command-limits.ts'
import { missingAccess, unknown } from './errors.ts'
import { isJson, type Json } from './json.ts'
import { jsonObject, readBody } from './message-body.ts'

type Held = Map<string, APIApplicationCommand>

/** Commands, global and of one guild. https://docs.discord.com/developers/interactions/application-commands */
export function applicationRoutes(discord: Discord) {
  const heldBy = (application: Application, id: string, guildId?: string): Held => {
    if (application.id !== id) throw missingAccess()
    if (guildId === undefined) return application.commands
    if (!discord.world.guilds.get(guildId)?.members.has(application.id)) throw missingAccess()
    const held: Held = application.guildCommands.get(guildId) ?? new Map()
    application.guildCommands.set(guildId, held)
    return held
  }
  const keep = (
    held: Held,
    application: Application,
    sent: Json,
    guildId?: string,
  ): APIApplicationCommand => {
    const same = [...held.values()].find(({ name, type }) => name === sent.name && type === (sent.type ?? 1))
    const command = toCommand(discord, application, sent, guildId, same?.id)
    held.set(command.id, command)
    return command
  }

  const routes = new Hono<BotEnv>()
  for (const base of ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands'] as const) {
    routes
      .get(base, (context) => {
        const held = heldBy(
          context.var.application,
          context.req.param('app') ?? '',
          context.req.param('guild'),
        )
        return context.json([...held.values()])
      })
      .put(base, async (context) => {
        const guildId = context.req.param('guild')
        const held = heldBy(context.var.application, context.req.param('app') ?? '', guildId)
        const { json } = await readBody(context)
        const sent = Array.isArray(json) ? json : []
        checkCommands(sent)
        const before = new Map(held)
        held.clear()
        for (const command of sent.filter(isJson)) {
          const same = [...before.values()].find(
            ({ name, type }) => name === command.name && type === (command.type ?? 1),
          )
          const kept = toCommand(discord, context.var.application, command, guildId, same?.id)
          held.set(kept.id, kept)
        }
        return context.json([...held.values()])
      })
      .post(base, async (context) => {
        const guildId = context.req.param('guild')
        const held = heldBy(context.var.application, context.req.param('app') ?? '', guildId)
        const sent = jsonObject((await readBody(context)).json)
        checkOneCommand(sent)
        const size = held.size
        const command = keep(held, context.var.application, sent, guildId)
        return context.json(command, held.size > size ? 201 : 200)
      })
      .get(`${base}/:command`, (context) => {
        const held = heldBy(
          context.var.application,
          context.req.param('app') ?? '',
          context.req.param('guild'),
        )
        const command = held.get(context.req.param('command') ?? '')
        if (!command) throw unknown.command()
        return context.json(command)
      })
      .patch(`${base}/:command`, async (context) => {
        const guildId = context.req.param('guild')
        const held = heldBy(context.var.application, context.req.param('app') ?? '', guildId)
        const command = held.get(context.req.param('command') ?? '')
        if (!command) throw unknown.command()
        const sent = { ...command, ...jsonObject((await readBody(context)).json) }
        checkOneCommand(sent)
        const changed = toCommand(discord, context.var.application, sent, guildId, command.id)
        held.set(changed.id, changed)
        return context.json(changed)
      })
      .delete(`${base}/:command`, (context) => {
        const held = heldBy(
          context.var.application,
          context.req.param('app') ?? '',
          context.req.param('guild'),
        )
        if (!held.delete(context.req.param('command') ?? '')) throw unknown.command()
        return context.body(null, 204)
      })
  }
  return routes
}

/** A command as Discord hands it back: with an id, a version, and its defaults filled in. */
function toCommand(
  { world }: Discord,
  application: Application,
  sent: Json,
  guildId: string | undefined,
  id: string | undefined,
): APIApplicationCommand {
  const {
    type = 1,
    name,
    description = '',
    options,
    nsfw = false,
    contexts = null,
    integration_types = [0],
  } = sent
  const filled: object = {
    id: id ?? world.newId(),
    application_id: application.id,
    version: world.newId(),
    type,
    name,
    description,
    ...(Array.isArray(options) && options.length > 0 && { options: options.filter(isJson).map(trimmed) }),
    default_member_permissions: sent.default_member_permissions ?? null,
    dm_permission: contexts === null || (Array.isArray(contexts) && contexts.includes(1)),
    contexts,
    integration_types,
    nsfw,
    ...(guildId !== undefined && { guild_id: guildId }),
  }
  return JSON.parse(JSON.stringify(filled))
}

/** Discord drops what is the default: `required: false`, `autocomplete: false`. */
function trimmed(option: Json): Json {
  const { required, autocomplete, options, ...rest } = option
  return {
    ...rest,
    ...(required === true && { required }),
    ...(autocomplete === true && { autocomplete }),
    ...(Array.isArray(options) && options.length > 0 && { options: options.filter(isJson).map(trimmed) }),
  }
}
