import type { Client } from 'discord.js'
import { isRecord } from '../../src/core/json.ts'

/**
 * Has discord.js make an interaction of a payload and emit it, as it does for a bot that is logged in.
 * @param payload what `parseInteraction` gives to discord.js
 */
export function emitInteraction(client: Client, payload: object): void {
  // Private in discord.js, which has no public equivalent.
  const actions: unknown = Reflect.get(client, 'actions')
  const action: unknown = isRecord(actions) ? actions.InteractionCreate : undefined
  const handle: unknown = isRecord(action) ? action.handle : undefined
  if (typeof handle !== 'function') throw new Error('discord.js no longer has the action InteractionCreate.')
  Reflect.apply(handle, action, [payload])
}
