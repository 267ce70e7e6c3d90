import { Hono } from 'hono'
import type { Conversation } from '../world/conversation.ts'

/** Serves the files that were sent with messages. */
export function attachmentRoutes(conversation: Conversation): Hono {
  return new Hono().get('/attachments/:message/:index/:name', (context) => {
    const { message, index } = context.req.param()
    const file = conversation.messages.get(message)?.files[Number(index)]
    if (!file) return context.notFound()
    return context.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.type || 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    })
  })
}
