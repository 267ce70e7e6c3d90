import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Suggestion, suggestionsFor } from '../../commands/suggest.ts'
import { openArchive } from '../../src/archive/open.ts'
import type { Known } from '../../src/core/known.ts'
import { known, naming } from '../support/names.ts'

const HERE = '1564237482688512200'
const ELSEWHERE = '1564237482688512201'
const ASKED = { now: Date.UTC(2026, 10, 24, 12, 30), guildId: HERE }

const empty = await openArchive(':memory:')
afterAll(() => empty.close())

describe('while an action is typed', () => {
  test('groups and categories are told from actions', async () => {
    expect(await suggested('actions', 'delete')).toEqual(
      expect.arrayContaining([
        { name: 'Deletes (group)', value: 'Deletes' },
        { name: 'deleted (category)', value: 'deleted' },
        { name: 'Message Delete', value: 'Message Delete' },
      ]),
    )
  })

  test('no more are offered than Discord shows', async () => {
    expect(await suggested('actions', '')).toHaveLength(25)
  })
})

describe('while a time is typed', () => {
  test('nothing yet offers the usual windows, each with how it is understood', async () => {
    expect(await suggested('since', ' ')).toEqual([
      { name: '24h → Mon 23 Nov 2026, 12:30 UTC', value: '24h' },
      { name: '7d → Tue 17 Nov 2026, 12:30 UTC', value: '7d' },
      { name: '30d → Sun 25 Oct 2026, 12:30 UTC', value: '30d' },
      { name: 'Discord’s 45 days → Sat 10 Oct 2026, 12:30 UTC', value: '45d' },
      { name: '90d → Wed 26 Aug 2026, 12:30 UTC', value: '90d' },
      { name: 'yesterday → Mon 23 Nov 2026, 00:00 UTC', value: 'yesterday' },
    ])
  })

  test.each([
    ['since', '2026-08-01', '2026-08-01 → Sat 1 Aug 2026, 00:00 UTC'],
    ['until', '2026-08-01', '2026-08-01 → Sun 2 Aug 2026, 00:00 UTC'],
    ['until', ' 1d12h ', '1d12h → Mon 23 Nov 2026, 00:30 UTC'],
  ] as const)('%s %j is offered first, as it is understood', async (suggests, typed, name) => {
    expect((await suggested(suggests, typed))[0]).toEqual({ name, value: typed.trim() })
  })

  test('one of the usual windows is offered once, first', async () => {
    expect((await suggested('since', '30d')).map(({ value }) => value)).toEqual([
      '30d',
      '24h',
      '7d',
      '45d',
      '90d',
      'yesterday',
    ])
  })

  test.each(['soon', 'tomorrow', '01/08/2026', `2 weeks ago${' '.repeat(90)}at 14:00`])(
    '%j, which would be refused, is not offered',
    async (typed) => {
      expect((await suggested('until', typed)).map(({ value }) => value)).toEqual([
        '24h',
        '7d',
        '30d',
        '45d',
        '90d',
        'yesterday',
      ])
    },
  )

  test('a message link is cut in what is shown and whole in what is sent', async () => {
    const link = `https://discord.com/channels/${HERE}/1564446472273922735/1564237482688512274`
    expect((await suggested('since', link))[0]).toEqual({
      name: 'https://discord.com/channels/1564237482688512200/1564446472… → Mon 26 Oct 2026, 11:21 UTC',
      value: link,
    })
  })
})

describe('while a name is typed', () => {
  const mod = known('1564237482688512301', 'user', 'Mod')
  const modLog = known('1564237482688512302', 'channel', 'mod-log')
  const moderators = known('1564237482688512303', 'role', 'Moderators')
  const spy = known('1564237482688512304', 'user', 'Mod Elsewhere')

  test.each(['mod', 'MOD', ' @mod', '#mod'])(
    '%j offers what goes by it here, the closest first',
    async (typed) => {
      expect(await offered(typed, [moderators, modLog, mod])).toEqual([
        { name: '@Mod (member)', value: mod.id },
        { name: '#mod-log (channel)', value: modLog.id },
        { name: '@Moderators (role)', value: moderators.id },
      ])
    },
  )

  test('an id offers what it belongs to', async () => {
    expect(await offered(mod.id, [moderators, mod])).toEqual([{ name: '@Mod (member)', value: mod.id }])
  })

  test('a long name is cut, and what hides or turns text round is left out', async () => {
    const id = '1564237482688512305'
    const name = `\u202E${'x'.repeat(100)}`
    expect(await offered('x', [known(id, 'user', name)])).toEqual([
      { name: `@${'x'.repeat(69)}… (member)`, value: id },
    ])
  })

  test('no more are offered than Discord shows', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      known(`15642374826885124${10 + index}`, 'user', `Member ${index}`),
    )
    expect(await offered('member', many)).toHaveLength(25)
  })

  async function offered(typed: string, names: readonly Known[]): Promise<Suggestion[]> {
    const archive = await openArchive(':memory:')
    onTestFinished(() => archive.close())
    await archive.keep([
      { guildId: HERE, entries: [], from: 'gateway', names: names.map((each) => naming(each)) },
      { guildId: ELSEWHERE, entries: [], from: 'gateway', names: [naming(spy)] },
    ])
    return suggestionsFor('names', typed, ASKED, archive)
  }
})

function suggested(suggests: 'actions' | 'since' | 'until', typed: string): Promise<Suggestion[]> {
  return suggestionsFor(suggests, typed, ASKED, empty)
}
