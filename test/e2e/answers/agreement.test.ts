import { describe, expect, test } from 'vitest'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { isOnPostgres } from '../../support/archive/archive-url.ts'
import { randomQuery } from '../../support/entries/random-query.ts'
import { isDelete, messagesIn } from '../../support/entries/truth.ts'
import { addFaultyEntries } from '../../support/faulty-history.ts'
import { openCustos } from '../../support/open-custos.ts'
import { openOnce } from '../../support/open-once.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

const QUERIES = 6

/** Longer than the history, for the commands that have a default window. */
const ALL = '50d'

/** PostgreSQL's statements are the same in every town, so one is enough for them. */
const SEEDS = isOnPostgres() ? [1] : [1, 2, 3, 4]

describe.each(SEEDS)('in a town of seed %i', (seed) => {
  const prepare = (there: Town) => addFaultyEntries(there, { days: 44, seed })
  const custos = openOnce((atEnd) => openCustos({ days: 44, perDay: 30, seed, prepare }, atEnd))

  test('all commands report the same, correct number', async () => {
    const { moderator, town, clock } = custos()
    const random = new Random(seed)
    const all = town.guild.log.since()
    for (let count = 0; count < QUERIES; count++) {
      const query = randomQuery(town, clock.now(), random)
      const { values } = query
      const wanted = all.filter(query.matches)
      const ids = wanted.map(({ id }) => id)
      const options = JSON.stringify(values)

      const recent = await run(moderator, 'recent', values)
      expect(totalIn(recent), options).toBe(wanted.length)
      expect(entryIdsOf(recent), options).toEqual(ids.toReversed().slice(0, 10))
      const whoever = all.filter(query.without('by').matches)
      const unnamed = whoever.filter(({ user_id }) => user_id === null).length
      expect(unnamedIn(recent), options).toBe(unnamed)
      expect(exportedIds(await run(moderator, 'export', { ...values, format: 'ndjson' })), options).toEqual(
        ids,
      )

      const { by, on, ...others } = values
      if (by !== undefined && on === undefined) {
        const user = await run(moderator, 'user', { since: ALL, ...others, user: by })
        expect(numberIn(fieldOf(user, 'Actions')), options).toBe(wanted.length)
      }
      if (on !== undefined) {
        const target = await run(moderator, 'target', { since: ALL, ...values, on })
        expect(numberIn(fieldOf(target, 'Actions')), options).toBe(wanted.length)
      }

      const ofDeletes = query.only('by', 'channel', 'since', 'until')
      const deleted = all.filter((entry) => isDelete(entry) && ofDeletes.matches(entry))
      const deletes = await run(moderator, 'deletes', { since: ALL, ...ofDeletes.values })
      expect(numberIn(fieldOf(deletes, 'Messages deleted')), options).toBe(messagesIn(deleted))
      expect(numberIn(fieldOf(deletes, 'Log entries')), options).toBe(deleted.length)
    }
  })

  test('activity and repeats are correct in any window', async () => {
    const { moderator, town, clock } = custos()
    const random = new Random(seed)
    const all = town.guild.log.since()
    for (let count = 0; count < 4; count++) {
      const query = randomQuery(town, clock.now(), random)
      const window = query.only('since', 'until')
      const within = all.filter(window.matches)

      const activity = await run(moderator, 'activity', { since: ALL, ...window.values })
      const people = new Set(town.moderators.filter(({ bot }) => !bot).map(({ id }) => id))
      const byThem = within.filter(({ user_id }) => people.has(user_id ?? ''))
      expect(textOf(activity)).toContain(`${byThem.length.toLocaleString('en')} action`)
      expect(totalIn(activity)).toBeGreaterThan(0)
      expect(totalIn(activity)).toBeLessThanOrEqual(people.size)
      expect(unnamedIn(activity)).toBe(within.filter(({ user_id }) => user_id === null).length)

      const repeated = query.only('since', 'until', 'action')
      const repeats = await run(moderator, 'repeats', { since: ALL, ...repeated.values, min: 3 })
      const wanted = all.filter((each) => 'action' in repeated.values || isPunishment(each))
      const targets = [...Map.groupBy(wanted.filter(repeated.matches), ({ target_id }) => target_id ?? '')]
      const often = targets.filter(([target, entries]) => target !== '' && entries.length >= 3)
      expect(totalIn(repeats), JSON.stringify(repeated.values)).toBe(often.length)
    }
  })
})

async function run(
  moderator: MemberClient,
  command: string,
  values: Readonly<Record<string, string | number>>,
) {
  return (await moderator.command(`audit ${command}`, values)).message
}

/** Whether an entry punishes a member: a kick, a ban or a timeout, also by AutoMod. */
function isPunishment({ action_type, changes }: LogEntry): boolean {
  const isTimeout = jsonObjects(changes).some(
    ({ key, new_value }) => key === 'communication_disabled_until' && typeof new_value === 'string',
  )
  return [20, 22, 145].includes(action_type ?? 0) || (action_type === 24 && isTimeout)
}

/** The total in a list's footer, or 0. */
function totalIn(message: Message): number {
  const total = footersOf(message).flatMap((footer) => /of ([\d,]+)/.exec(footer)?.[1] ?? [])[0]
  return total === undefined ? 0 : numberIn(total)
}

/** How many entries without an executor an answer reports; none if it reports none. */
function unnamedIn(message: Message): number {
  const count = /[\d,]+(?= more (?:matching entr|by unknown))|(?<=Discord does not say who made )[\d,]+/.exec(
    textOf(message),
  )?.[0]
  return count === undefined ? 0 : numberIn(count)
}

function exportedIds(message: Message): string[] {
  const text = new TextDecoder().decode(message.files[0]?.bytes)
  return text.match(/(?<=^\{"id":")\d+/gm) ?? []
}
