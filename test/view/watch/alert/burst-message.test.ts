import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Names } from '../../../../src/core/names/names.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { EMBED, embedSize } from '../../../../src/view/reply.ts'
import { burstMessage, type ShownBurst } from '../../../../src/view/watch/alert/burst-message.ts'
import { hostileText } from '../../../core/arbitrary.ts'
import { entryOf } from '../../../support/entries/entries.ts'
import { namedEntity } from '../../../support/entries/names.ts'
import { ALERT, watchOf } from '../../../support/watches.ts'

const START = Date.UTC(2026, 10, 24, 12)
const GUILD = '9'
const MOD = '200000000000000007'

/** Bans by one moderator, a second apart, for a reason. */
function shown(count: number, reason: string | null = 'Raid', given: Partial<ShownBurst> = {}): ShownBurst {
  const ids = Array.from({ length: count }, (_, index) => firstIdAt(START + 1000 * index))
  const entries = ids
    .slice(-25)
    .toReversed()
    .map((id, index) =>
      entryOf(GUILD, {
        id,
        action_type: 22,
        user_id: MOD,
        target_id: String(300000000000000000n + BigInt(index)),
        ...(reason !== null && { reason }),
      }),
    )
  return {
    watch: watchOf(ALERT),
    burst: { key: MOD, from: ids[0] ?? '0', to: ids.at(-1) ?? '0' },
    totals: {
      entries: count,
      units: count,
      isCut: false,
      kinds: new Map([[22, count]]),
      actors: new Map([[MOD, count]]),
      targets: count,
      newest: ids.slice(-25),
    },
    entries,
    isOpen: true,
    isLate: false,
    names: new Names(GUILD, [namedEntity(MOD, 'user', 'Ada')]),
    now: START + 60_000,
    timeZone: 'UTC',
    listId: 'list',
    entryId: 'entry',
    ...given,
  }
}

function embedOf(burst: ShownBurst) {
  const [embed] = burstMessage(burst).embeds
  if (!embed) throw new Error('There is no embed.')
  return embed
}

describe('a burst', () => {
  test('says at a glance what was done how often in which time by whom', () => {
    expect(embedOf(shown(41)).title).toBe('🚨 41 bans in 40 seconds by @Ada')
    expect(embedOf(shown(41, null, { isLate: true })).title).toBe('🚨 Late: 41 bans in 40 seconds by @Ada')
    expect(embedOf(shown(41, null, { names: new Names(GUILD, []) })).title).toBe('🚨 41 bans in 40 seconds')
  })

  test('of one entry is the entry, with a button for its details', () => {
    const message = burstMessage(shown(1))
    expect(message.embeds[0]?.title).toBe('🚨 1 ban by @Ada')
    expect(message.embeds[0]?.description).toMatch(/^🔨 <@200000000000000007> banned .* · <t:\d+:R>\n> Raid$/)
    expect(message.components[0]?.components[0]).toMatchObject({ label: 'Details', custom_id: 'entry' })
  })

  test('of many entries says the reason once, if all have the same', () => {
    expect(embedOf(shown(12, 'Raid')).description?.match(/^> Raid$/gm)).toHaveLength(1)
    expect(embedOf(shown(12, null)).description).not.toMatch(/^>/m)
  })

  test('of many entries says that a reason is that of the newest', () => {
    expect(embedOf(shown(12, 'Raid')).description).toContain(
      'The newest, all with this reason:\n> Raid\n1. 🔨 <',
    )
  })

  test('that is warned of days later says in which time zone its times are', () => {
    const now = START + 3 * 86_400_000
    const late = embedOf(shown(12, null, { isLate: true, isOpen: false, now, timeZone: 'Europe/Berlin' }))
    expect(late.description).toContain('**Tue 24 Nov**\n1. 🔨 13:00 <')
    expect(late.footer?.text).toMatch(/ · times in UTC\+1$/)
    expect(embedOf(shown(12)).footer?.text).not.toContain('times in')
    expect(embedOf(shown(12)).description).not.toContain('24 Nov')
  })

  test('of what AutoMod did is not by somebody unknown', () => {
    const given = shown(12)
    const totals = { ...given.totals, kinds: new Map([[143, 12]]), actors: new Map([[null, 12]]) }
    expect(embedOf({ ...given, burst: { ...given.burst, key: null }, totals }).description).toMatch(
      /^By AutoMod /,
    )
  })

  test('has a button for all of its entries', () => {
    const [row] = burstMessage(shown(1234)).components
    expect(row?.components[0]).toMatchObject({ label: 'Show all 1,234 entries', custom_id: 'list' })
  })

  test('that is over says when it was', () => {
    expect(embedOf(shown(12, null, { isOpen: false })).description).toMatch(/^<t:\d+:f> · it is over/m)
  })

  test('pings the chosen role only', () => {
    expect(burstMessage(shown(12)).pingRoleId).toBeUndefined()
    const watch = watchOf({ ...ALERT, pingRoleId: '55' })
    expect(burstMessage(shown(12, null, { watch })).pingRoleId).toBe('55')
  })

  test('on a target names it, and by whom', () => {
    const watch = watchOf({ ...ALERT, per: 'target' as const })
    const given = shown(6, null, { watch })
    const { burst } = given
    expect(embedOf({ ...given, burst: { ...burst, key: '44' } }).description).toMatch(/^On .*44.* · By <@2/)
  })
})

test('whatever names and reasons are, a message keeps Discord’s limits and mentions nobody by text', () => {
  fc.assert(
    fc.property(hostileText, hostileText, fc.integer({ min: 1, max: 40 }), (name, reason, count) => {
      const names = new Names(GUILD, [{ ...namedEntity(MOD, 'user', name), presence: 'gone' }])
      const embed = embedOf(shown(count, reason.slice(0, 512), { names }))
      expect(embed.title?.length).toBeLessThanOrEqual(256)
      expect(embed.description?.length).toBeLessThanOrEqual(EMBED.description)
      expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
      expect(embed.description).not.toMatch(/(?<!\\)@(?:everyone|here)/)
    }),
  )
})
