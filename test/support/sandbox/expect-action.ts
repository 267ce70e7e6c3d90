import { expect } from 'vitest'
import { openDiscord } from '../open-discord.ts'
import { type KnownIds, knownIds } from './known-ids.ts'

type SentEvent = readonly [event: string, data: object | undefined]

/** An action in a guild, and what Discord writes and sends. */
export interface ActionCase {
  readonly title: string
  /** Runs before the action; its entries and events are not checked. */
  readonly prepare?: (ids: KnownIds) => void
  readonly act: (ids: KnownIds) => void
  /** The entry without its id. */
  readonly entry: (ids: KnownIds) => object
  /** The events that a bot receives besides the entry's. */
  readonly events?: (ids: KnownIds) => readonly SentEvent[]
}

/** Expects an action to write exactly one entry, and a bot to receive exactly its events. */
export async function expectAction({ prepare, act, entry, events }: ActionCase): Promise<void> {
  const ids = knownIds(await openDiscord())
  const { guild } = ids.discord.town
  prepare?.(ids)
  const before = guild.log.since().length
  const client = await ids.discord.listen()
  act(ids)
  const written = guild.log.since().slice(before)
  expect(written).toEqual([{ id: expect.stringMatching(/^\d{18,}$/), ...entry(ids) }])
  const expected: readonly SentEvent[] = [
    ['GUILD_AUDIT_LOG_ENTRY_CREATE', { ...written[0], guild_id: guild.id }],
    ...(events?.(ids) ?? []),
  ]
  expect(await client.received()).toEqual(expected.map(([t, d], index) => ({ op: 0, t, s: 3 + index, d })))
}
