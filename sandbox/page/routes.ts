import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { z } from 'zod'
import { act } from './run-guild-action.ts'
import type { Faults } from './faults.ts'
import type { Feed } from './state-stream.ts'
import type { Members } from './member-requests.ts'
import type { Passing } from './time-lapse.ts'
import { type Answer, asks } from './protocol.ts'
import type { Stage } from './playground.ts'

const DONE: Answer = { is: 'done' }

export interface Parts {
  readonly stage: Stage
  readonly feed: Feed
  readonly members: Members
  readonly faults: Faults
  readonly passing: Passing
}

/** What the page can ask. Every body is read against the protocol before anything is done. */
export function pageRoutes({ stage, feed, members, faults, passing }: Parts): Hono {
  const app = new Hono()
  const on = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    answer: (asked: z.infer<Schema>) => Answer | Promise<Answer>,
  ) => app.post(`/api/${name}`, (context) => answered(context, schema, answer, () => feed.touch()))

  on('command', asks.command, (asked) => members.command(asked))
  on('autocomplete', asks.autocomplete, (asked) => members.autocomplete(asked))
  on('menuOnUser', asks.menuOnUser, (asked) => members.menuOnUser(asked))
  on('menuOnMessage', asks.menuOnMessage, (asked) => members.menuOnMessage(asked))
  on('button', asks.button, (asked) => members.button(asked))
  on('choice', asks.choice, (asked) => members.choice(asked))
  on('say', asks.say, (asked) => members.say(asked))
  on('remove', asks.remove, (asked) => members.remove(asked))
  on('act', asks.act, (asked) => {
    const why = act(stage.town, asked)
    return why === undefined ? DONE : { is: 'wrong', why }
  })
  on('pass', asks.pass, async ({ hours }) => {
    await passing.pass(hours, () => feed.touch())
    return DONE
  })
  on('fault', asks.fault, async ({ what, on }) => {
    await faults.set(what, on)
    return DONE
  })
  on('drop', asks.drop, () => {
    stage.town.discord.gateway.drop()
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
  answer: (asked: z.infer<Schema>) => Answer | Promise<Answer>,
  touch: () => void,
) {
  const asked = schema.safeParse(await context.req.json().catch(() => undefined))
  if (!asked.success) return context.json({ is: 'wrong', why: 'The page asked for what cannot be' }, 400)
  const answering = answer(asked.data)
  touch()
  const given = await answering
  touch()
  return context.json(given)
}
