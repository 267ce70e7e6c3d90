import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { z } from 'zod'
import type { Faults } from './faults.ts'
import type { MemberRequests } from './member-requests.ts'
import type { Playground } from './playground.ts'
import { type RequestResult, requests } from './protocol.ts'
import { runGuildAction } from './run-guild-action.ts'
import type { StateStream } from './state-stream.ts'
import type { TimeLapse } from './time-lapse.ts'

const DONE: RequestResult = { type: 'done' }

export interface Parts {
  readonly stage: Playground
  readonly feed: StateStream
  readonly members: MemberRequests
  readonly faults: Faults
  readonly passing: TimeLapse
}

/** What the page can ask. Every body is read against the protocol before anything is done. */
export function pageRoutes({ stage: playground, feed, members, faults, passing: timeLapse }: Parts): Hono {
  const app = new Hono()
  const on = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    answer: (asked: z.infer<Schema>) => RequestResult | Promise<RequestResult>,
  ) => app.post(`/api/${name}`, (context) => answered(context, schema, answer, () => feed.touch()))

  on('command', requests.command, (asked) => members.command(asked))
  on('autocomplete', requests.autocomplete, (asked) => members.autocomplete(asked))
  on('menuOnUser', requests.menuOnUser, (asked) => members.menuOnUser(asked))
  on('menuOnMessage', requests.menuOnMessage, (asked) => members.menuOnMessage(asked))
  on('button', requests.button, (asked) => members.button(asked))
  on('choice', requests.choice, (asked) => members.choice(asked))
  on('say', requests.say, (asked) => members.say(asked))
  on('remove', requests.remove, (asked) => members.remove(asked))
  on('act', requests.act, (asked) => {
    const why = runGuildAction(playground.town, asked)
    return why === undefined ? DONE : { type: 'wrong', why }
  })
  on('pass', requests.pass, async ({ hours }) => {
    await timeLapse.run(hours, () => feed.touch())
    return DONE
  })
  on('fault', requests.fault, async ({ what, on }) => {
    await faults.set(what, on)
    return DONE
  })
  on('drop', requests.drop, () => {
    playground.town.discord.gateway.dropConnections()
    return DONE
  })
  app.get('/feed', (context) =>
    streamSSE(context, (stream) => feed.serve(context.req.query('as') ?? '', stream)),
  )
  return app
}

async function answered<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  answer: (asked: z.infer<Schema>) => RequestResult | Promise<RequestResult>,
  touch: () => void,
) {
  const asked = schema.safeParse(await context.req.json().catch(() => undefined))
  if (!asked.success) return context.json({ type: 'wrong', why: 'The page asked for what cannot be' }, 400)
  const answering = answer(asked.data)
  touch()
  const given = await answering
  touch()
  return context.json(given)
}
