import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import type { RestBackend } from './backend.ts'
import { responseOf, VIA_DISCORD } from './faults.ts'
import { bodyOf, pathOf } from './rest-call.ts'

/**
 * Adds the `Date` header, by Discord's own clock.
 * https://www.rfc-editor.org/rfc/rfc9110#field.date
 */
export function addDate(backend: RestBackend): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const now = backend.world.now()
    const date = backend.dateHeader?.(now, pathOf(context))
    if (date === null) context.header('Date', undefined)
    else context.header('Date', new Date(date ?? now).toUTCString())
  }
}

/** Adds the headers that mark a response as Discord's own, not Cloudflare's. */
export const addDiscordHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(VIA_DISCORD)) context.header(name, value)
}

/** Counts the requests that are being answered. */
export function countAnswering(backend: RestBackend): MiddlewareHandler {
  return async (_, next) => {
    backend.answering++
    try {
      await next()
    } finally {
      backend.answering--
    }
  }
}

/** Sends every response after its latency, and reports it to `onResponse`. */
export function sendResponse(backend: RestBackend): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { method } = context.req
    const path = pathOf(context)
    const latency = backend.latency?.(method, path) ?? 0
    if (latency > 0) await sleep(latency)
    const host = context.req.header('host') ?? ''
    backend.onResponse?.({ method, path, query: context.req.query(), status: context.res.status, host })
  }
}

/** Passes every request and its response to `onRestCall`, if somebody listens: reading the bodies again takes time. */
export function observe(backend: RestBackend): MiddlewareHandler {
  return async (context, next) => {
    if (!backend.onRestCall) return next()
    const requestBody = await bodyOf(context.req.raw.clone())
    await next()
    const responseBody = await bodyOf(context.res.clone())
    const { method } = context.req
    const { status } = context.res
    backend.onRestCall?.({ method, path: pathOf(context), requestBody, status, responseBody })
    return undefined
  }
}

/** Waits until Discord stops. */
async function neverAnswered(backend: RestBackend): Promise<void> {
  backend.answering--
  await backend.stopped
  backend.answering++
}

/** Answers with an injected fault where there is one. */
export function injectFaults(backend: RestBackend): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    const fault = backend.fault?.(context.req.method, pathOf(context), context.req.query())
    if (fault === undefined) return next()
    if (fault === 'silence' || 'lost' in fault) {
      if (fault !== 'silence' && fault.isDone) await next()
      if (fault !== 'silence' && fault.lost === 'connection') context.env.incoming.socket.destroy()
      else await neverAnswered(backend)
      context.res = new Response(null, { status: 503 })
      return undefined
    }
    if (!fault.isDone) return responseOf(fault)
    await next()
    context.res = responseOf(fault)
    return undefined
  }
}
