import { describe, expect, test } from 'vitest'
import { namesInGuild, namesInInteraction, observeChannels } from '../../../src/discord/gateway/names.ts'

const GUILD = '1564237482688512200'
const [ROOM, FORUM, THREAD] = ['1564237482688512301', '1564237482688512302', '1564237482688512303']
const HIDDEN = 1 << 17
const AT = '1574756470000000000'

const named = (id: string, type: string, name: string) => ({ id, type, name, at: AT, presence: 'present' })
const there = (id: string) => ({ id, type: 'channel', name: null, at: AT, presence: 'present' })

describe('a channel', () => {
  test.each<[title: string, channel: object, observations: object[]]>([
    ['has its name', { id: ROOM, type: 0, name: 'general', flags: 0 }, [named(ROOM, 'channel', 'general')]],
    ['needs no flags', { id: ROOM, type: 0, name: 'general' }, [named(ROOM, 'channel', 'general')]],
    ['that is a thread is one', { id: ROOM, type: 11, name: 'Plans' }, [named(ROOM, 'thread', 'Plans')]],
    [
      'that is hidden has no name, but exists',
      { id: ROOM, type: 0, name: '___hidden___', flags: HIDDEN },
      [there(ROOM)],
    ],
    [
      'is hidden if the flag is set, whatever its name',
      { id: ROOM, name: 'mods', flags: HIDDEN | 16 },
      [there(ROOM)],
    ],
    [
      'is not hidden because of its name',
      { id: ROOM, type: 0, name: '___hidden___', flags: 16 },
      [named(ROOM, 'channel', '___hidden___')],
    ],
    ['without an id is skipped', { type: 0, name: 'general', flags: HIDDEN }, []],
    [
      'with invalid flags is not hidden',
      { id: ROOM, type: 0, name: 'a', flags: '131072' },
      [named(ROOM, 'channel', 'a')],
    ],
  ])('%s', (_, channel, observations) => {
    expect(observeChannels([channel], AT)).toEqual(observations)
  })
})

test('a guild has its own name and those of its visible parts', () => {
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
  test('has the names of its channel and of the channels picked as options', () => {
    const data = { resolved: { channels: { [FORUM]: { id: FORUM, type: 15, name: 'forum' } } } }
    const channel = { id: THREAD, type: 12, name: 'Plans', flags: 0 }
    expect(namesInInteraction({ channel, data }, AT)).toEqual([
      named(THREAD, 'thread', 'Plans'),
      named(FORUM, 'channel', 'forum'),
    ])
  })

  test('of autocomplete has no names, since one is sent with each key typed', () => {
    const channel = { id: ROOM, type: 0, name: 'mod-room', flags: 0 }
    expect(namesInInteraction({ type: 4, channel }, AT)).toEqual([])
    expect(namesInInteraction({ type: 2, channel }, AT)).toEqual([named(ROOM, 'channel', 'mod-room')])
  })

  test.each([
    {},
    { data: null },
    { data: { resolved: [] } },
    { channel: 1, data: { resolved: { channels: 'all' } } },
  ])('such as %j has no names', (payload) => {
    expect(namesInInteraction(payload, AT)).toEqual([])
  })
})
