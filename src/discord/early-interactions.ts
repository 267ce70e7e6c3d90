import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import { isRecord } from '../core/json.ts'
import { privateMethod } from './private-method.ts'

/**
 * Lets a client handle an interaction as soon as its shard is connected. discord.js would hold it back until all shards
 * are, which identify one every five seconds: with many of them, nobody would get an answer for minutes after a start.
 */
export function handleInteractionsEarly(client: Client): void {
  const { ws } = client
  const handlePacket = privateMethod(ws, 'handlePacket')
  const actions: unknown = Reflect.get(client, 'actions')
  const action: unknown = isRecord(actions) ? actions.InteractionCreate : undefined
  const handleInteraction = privateMethod(action, 'handle')
  Reflect.defineProperty(ws, 'handlePacket', {
    value: (packet: unknown, ...others: unknown[]): unknown =>
      isRecord(packet) && packet.t === Event.InteractionCreate
        ? Reflect.apply(handleInteraction, action, [packet.d])
        : Reflect.apply(handlePacket, ws, [packet, ...others]),
  })
}
