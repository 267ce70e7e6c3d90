import { describe, expect, test } from 'vitest'
import { namesInGuild, namesInInteraction, observeChannels } from '../../../src/discord/gateway/names.ts'

const GUILD = '1564237482688512200'
const [ROOM, FORUM, THREAD] = ['1564237482688512301', '1564237482688512302', '1564237482688512303']
const HIDDEN = 1 << 17
const AT = '1574756470000000000'

const named = (id: string, type: string, name: string) => ({ id, type, name, at: AT, presence: 'there' })
const there = (id: string) => ({ id, type: 'channel', name: null, at: AT, presence: 'there' })

describe('a channel', () => {
  test.each<[what: string, channel: object, namings: object[]]>([
    [
      'goes by its name',
      { id: ROOM, type: 0, name: 'general', flags: 0 },
      [named(ROOM, 'channel', 'general')],
    ],
    ['needs no flags', { id: ROOM, type: 0, name: 'general' }, [named(ROOM, 'channel', 'general')]],
    ['that is a thread is one', { id: ROOM, type: 11, name: 'Plans' }, [named(ROOM, 'thread', 'Plans')]],
    [
      'that is hidden is only there',
      { id: ROOM, type: 0, name: '___hidden___', flags: HIDDEN },
      [there(ROOM)],
    ],
    [
      'is hidden by the flag, whatever its name',
      { id: ROOM, name: 'mods', flags: HIDDEN | 16 },
      [there(ROOM)],
    ],
    [
      'is not hidden by its name',
      { id: ROOM, type: 0, name: '___hidden___', flags: 16 },
      [named(ROOM, 'channel', '___hidden___')],
    ],
    ['without an id is none', { type: 0, name: 'general', flags: HIDDEN }, []],
    [
      'with odd flags is as it says',
      { id: ROOM, type: 0, name: 'a', flags: '131072' },
      [named(ROOM, 'channel', 'a')],
    ],
  ])('%s', (_, channel, observations) => {
    expect(observeChannels([channel], AT)).toEqual(observations)
  })
})

test('a guild tells its own name and those of what is in it, but for what of it is hidden', () => {
  const guild = {
    id: GUILD,
    name: 'The Reading Room',
    roles: [{ id: GUILD, name: '@everyone' }],
    channels: [
      {
        id: ROOM,
        type: 0,
        name: '___hidden___',
        flags: HIDDEN,
        available_tags: [{ id: '1', name: 'Secret' }],
      },
      { id: FORUM, type: 15, name: 'forum', flags: 0, available_tags: [{ id: '2', name: 'Bug' }] },
    ],
    threads: [{ id: THREAD, type: 11, name: 'Plans' }],
  }
  expect(namesInGuild(guild, AT)).toEqual([
    named(GUILD, 'guild', 'The Reading Room'),
    named(GUILD, 'role', '@everyone'),
    there(ROOM),
    named(FORUM, 'channel', 'forum'),
    named(THREAD, 'thread', 'Plans'),
    named('2', 'tag', 'Bug'),
  ])
})

describe('an interaction', () => {
  test('tells the names of its channel and of those that were picked', () => {
    const data = { resolved: { channels: { [FORUM]: { id: FORUM, type: 15, name: 'forum' } } } }
    const channel = { id: THREAD, type: 12, name: 'Plans', flags: 0 }
    expect(namesInInteraction({ channel, data }, AT)).toEqual([
      named(THREAD, 'thread', 'Plans'),
      named(FORUM, 'channel', 'forum'),
    ])
  })

  test('that is an autocomplete tells nothing, since one comes with each key that is typed', () => {
    const channel = { id: ROOM, type: 0, name: 'mod-room', flags: 0 }
    expect(namesInInteraction({ type: 4, channel }, AT)).toEqual([])
    expect(namesInInteraction({ type: 2, channel }, AT)).toEqual([named(ROOM, 'channel', 'mod-room')])
  })

  test.each([
    {},
    { data: null },
    { data: { resolved: [] } },
    { channel: 1, data: { resolved: { channels: 'all' } } },
  ])('such as %j tells nothing', (sent) => {
    expect(namesInInteraction(sent, AT)).toEqual([])
  })
})
