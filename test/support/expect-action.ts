import { expect } from 'vitest'
import { type KnownIds, knownIds } from './known-ids.ts'
import { openDiscord } from './open-discord.ts'

type SentEvent = readonly [event: string, data: object | undefined]

/** Something that is done in a guild, and what Discord makes of it. */
export interface ActionCase {
  readonly what: string
  /** What has to be so before; it is neither looked at nor heard. */
  readonly prepare?: (cast: KnownIds) => void
  readonly act: (cast: KnownIds) => void
  /** The entry by Discord's own shape, without its id. */
  readonly entry: (cast: KnownIds) => object
  /** What else a bot in the guild hears of it. */
  readonly events?: (cast: KnownIds) => readonly SentEvent[]
}

/** Expects an act to leave that one entry and no other, and a bot to hear of it and of nothing else. */
export async function expectAction({ prepare, act, entry, events: tells }: ActionCase): Promise<void> {
  const ids = knownIds(await openDiscord())
  const { guild } = ids.discord.town
  prepare?.(ids)
  const before = guild.log.since().length
  const client = await ids.discord.listen()
  act(ids)
  const written = guild.log.since().slice(before)
  expect(written).toEqual([{ id: expect.stringMatching(/^\d{18,}$/), ...entry(ids) }])
  const events: readonly SentEvent[] = [
    ['GUILD_AUDIT_LOG_ENTRY_CREATE', { ...written[0], guild_id: guild.id }],
    ...(tells?.(ids) ?? []),
  ]
  expect(await client.heard()).toEqual(events.map(([t, d], index) => ({ op: 0, t, s: 3 + index, d })))
}
