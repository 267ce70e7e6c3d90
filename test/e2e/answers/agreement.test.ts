import { describe, expect, test } from 'vitest'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { randomQuestion } from '../../support/entries/random-query.ts'
import { messagesIn } from '../../support/entries/truth.ts'
import { liveThroughFaults } from '../../support/faulty-past.ts'
import { openCustos } from '../../support/open-custos.ts'
import { openOnce } from '../../support/open-once.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

const QUESTIONS = 6

/** Longer than the history, for the commands that have a default window. */
const ALL = '50d'

describe.each([1, 2, 3, 4])('in a town of seed %i', (seed) => {
  const prepare = (there: Town) => liveThroughFaults(there, { days: 44, seed })
  const custos = openOnce((atEnd) => openCustos({ days: 44, perDay: 30, seed, prepare }, atEnd))

  test('all commands report the same, correct number', async () => {
    const { moderator, town, clock } = custos()
    const random = new Random(seed)
    const all = town.guild.log.since()
    for (let count = 0; count < QUESTIONS; count++) {
      const query = randomQuestion(town, clock.now(), random)
      const { values } = query
      const wanted = all.filter(query.wants)
      const ids = wanted.map(({ id }) => id)
      const asked = JSON.stringify(values)

      const recent = await ask(moderator, 'recent', values)
      expect(totalIn(recent), asked).toBe(wanted.length)
      expect(entryIdsOf(recent), asked).toEqual(ids.toReversed().slice(0, 10))
      const whoever = all.filter(query.without('by').wants)
      const unnamed = whoever.filter(({ user_id }) => user_id === null).length
      expect(unnamedIn(recent), asked).toBe(unnamed)
      expect(exportedIds(await ask(moderator, 'export', { ...values, format: 'ndjson' })), asked).toEqual(ids)

      const { by, on, ...others } = values
      if (by !== undefined && on === undefined) {
        const user = await ask(moderator, 'user', { since: ALL, ...others, user: by })
        expect(numberIn(fieldOf(user, 'Actions')), asked).toBe(wanted.length)
      }
      if (on !== undefined) {
        const target = await ask(moderator, 'target', { since: ALL, ...values, on })
        expect(numberIn(fieldOf(target, 'Actions')), asked).toBe(wanted.length)
      }

      const ofDeletes = query.only('by', 'channel', 'since', 'until')
      const deleted = all.filter((entry) => isDelete(entry) && ofDeletes.wants(entry))
      const deletes = await ask(moderator, 'deletes', { since: ALL, ...ofDeletes.values })
      expect(numberIn(fieldOf(deletes, 'Messages deleted')), asked).toBe(messagesIn(deleted))
      expect(numberIn(fieldOf(deletes, 'Log entries')), asked).toBe(deleted.length)
    }
  })

  test('activity and repeats are correct in any window', async () => {
    const { moderator, town, clock } = custos()
    const random = new Random(seed)
    const all = town.guild.log.since()
    for (let count = 0; count < 4; count++) {
      const query = randomQuestion(town, clock.now(), random)
      const window = query.only('since', 'until')
      const within = all.filter(window.wants)

      const activity = await ask(moderator, 'activity', { since: ALL, ...window.values })
      const people = new Set(town.moderators.filter(({ bot }) => !bot).map(({ id }) => id))
      const byThem = within.filter(({ user_id }) => people.has(user_id ?? ''))
      expect(textOf(activity)).toContain(`${byThem.length.toLocaleString('en')} action`)
      const listed = numberIn(/(?<= of )[\d,]+(?= moderators)/.exec(textOf(activity))?.[0])
      expect(listed).toBeLessThanOrEqual(people.size)
      expect(unnamedIn(activity)).toBe(within.filter(({ user_id }) => user_id === null).length)

      const repeated = query.only('since', 'until', 'action')
      const repeats = await ask(moderator, 'repeats', { since: ALL, ...repeated.values, min: 3 })
      const targets = [...Map.groupBy(all.filter(repeated.wants), ({ target_id }) => target_id ?? '')]
      const often = targets.filter(([target, entries]) => target !== '' && entries.length >= 3)
      expect(totalIn(repeats), JSON.stringify(repeated.values)).toBe(often.length)
    }
  })
})

async function ask(
  moderator: MemberClient,
  command: string,
  values: Readonly<Record<string, string | number>>,
) {
  return (await moderator.command(`audit ${command}`, values)).message
}

/** The total in a list's footer, or 0. */
function totalIn(message: Message): number {
  const total = footersOf(message).flatMap((footer) => /of ([\d,]+)/.exec(footer)?.[1] ?? [])[0]
  return total === undefined ? 0 : numberIn(total)
}

/** How many entries without an executor an answer reports; none if it reports none. */
function unnamedIn(message: Message): number {
  const said = /[\d,]+(?= more (?:matching entr|by unknown))|(?<=Discord does not say who made )[\d,]+/.exec(
    textOf(message),
  )?.[0]
  return said === undefined ? 0 : numberIn(said)
}

function exportedIds(message: Message): string[] {
  const text = new TextDecoder().decode(message.files[0]?.bytes)
  return text.match(/(?<=^\{"id":")\d+/gm) ?? []
}

function isDelete({ action_type }: LogEntry): boolean {
  return action_type === 72 || action_type === 73
}
