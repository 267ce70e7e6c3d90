import { expect } from 'vitest'
import { type Cast, castOf } from './known-ids.ts'
import { openDiscord } from './open-discord.ts'

type Told = readonly [event: string, data: object | undefined]

/** Something that is done in a guild, and what Discord makes of it. */
export interface Act {
  readonly what: string
  /** What has to be so before; it is neither looked at nor heard. */
  readonly prepare?: (cast: Cast) => void
  readonly act: (cast: Cast) => void
  /** The entry by Discord's own shape, without its id. */
  readonly entry: (cast: Cast) => object
  /** What else a bot in the guild hears of it. */
  readonly tells?: (cast: Cast) => readonly Told[]
}

/** Expects an act to leave that one entry and no other, and a bot to hear of it and of nothing else. */
export async function expectAct({ prepare, act, entry, tells }: Act): Promise<void> {
  const cast = castOf(await openDiscord())
  const { guild } = cast.here.town
  prepare?.(cast)
  const before = guild.log.since().length
  const client = await cast.here.listen()
  act(cast)
  const written = guild.log.since().slice(before)
  expect(written).toEqual([{ id: expect.stringMatching(/^\d{18,}$/), ...entry(cast) }])
  const events: readonly Told[] = [
    ['GUILD_AUDIT_LOG_ENTRY_CREATE', { ...written[0], guild_id: guild.id }],
    ...(tells?.(cast) ?? []),
  ]
  expect(await client.heard()).toEqual(events.map(([t, d], index) => ({ op: 0, t, s: 3 + index, d })))
}
