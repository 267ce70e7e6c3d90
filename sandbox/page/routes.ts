import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { z } from 'zod'
import type { PageParts } from './parts.ts'
import { DONE, type RequestResult, requests } from './protocol.ts'
import { runGuildAction } from './run-guild-action.ts'
import type { StateStream } from './state-stream.ts'

/** The requests of the page. Every body is checked against the protocol first. */
export function pageRoutes(parts: PageParts, stream: StateStream): Hono {
  const { playground, memberRequests, faults, timeLapse, raid } = parts
  const app = new Hono()
  const on = <Schema extends z.ZodType>(name: string, schema: Schema, handle: Handler<Schema>) =>
    app.post(`/api/${name}`, (context) => respond(context, schema, handle, () => stream.refresh()))

  on('command', requests.command, (request) => memberRequests.command(request))
  on('autocomplete', requests.autocomplete, (request) => memberRequests.autocomplete(request))
  on('menuOnUser', requests.menuOnUser, (request) => memberRequests.menuOnUser(request))
  on('menuOnMessage', requests.menuOnMessage, (request) => memberRequests.menuOnMessage(request))
  on('button', requests.button, (request) => memberRequests.button(request))
  on('submit', requests.submit, (request) => memberRequests.submit(request))
  on('choice', requests.choice, (request) => memberRequests.choice(request))
  on('say', requests.say, (request) => memberRequests.say(request))
  on('remove', requests.remove, (request) => memberRequests.remove(request))
  on('act', requests.act, (request) => {
    const message = runGuildAction(playground.town, request)
    return message === undefined ? DONE : { type: 'rejected', message }
  })
  on('pass', requests.pass, async ({ hours }) => {
    await timeLapse.run(hours, () => stream.refresh())
    return DONE
  })
  on('fault', requests.fault, async ({ name, on }) => {
    await faults.set(name, on)
    return DONE
  })
  on('drop', requests.drop, () => {
    playground.town.discord.gateway.dropConnections()
    return DONE
  })
  on('raid', requests.raid, () => {
    raid.begin()
    return DONE
  })
  app.get('/state', (context) =>
    streamSSE(context, (sse) => stream.serve(context.req.query('as') ?? '', sse)),
  )
  return app
}

type Handler<Schema extends z.ZodType> = (request: z.infer<Schema>) => RequestResult | Promise<RequestResult>

async function respond<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  handle: Handler<Schema>,
  refresh: () => void,
) {
  const request = schema.safeParse(await context.req.json().catch(() => undefined))
  if (!request.success) return context.json({ type: 'rejected', message: 'Invalid request' }, 400)
  const pending = handle(request.data)
  refresh()
  const result = await pending
  refresh()
  return context.json(result)
}
