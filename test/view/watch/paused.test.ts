import { expect, test } from 'vitest'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import type { Obstacle, Watch, WatchDefinition } from '../../../src/core/watch/watch.ts'
import { pausedMessage } from '../../../src/view/watch/paused.ts'
import { ALERT, FEED, watchOf } from '../../support/watches.ts'

const LINK = 'https://discord.com/channels/9/5'
const NO_SENDING: Obstacle = { type: 'permissions', permissions: ['SendMessages'] }
const NO_CHANNEL: Obstacle = { type: 'channel' }

function pausedWatch(definition: WatchDefinition, obstacle: Obstacle, number = 1): Watch {
  return { ...watchOf(definition), number, paused: { obstacle, since: 0, isTold: false } }
}

test('who set a feed is told in which server and channel it is paused, why, and what to do', () => {
  const names = new Names('9', [{ type: 'guild', id: '9', name: 'Read_me', presence: 'present' }])
  const [embed] = pausedMessage([pausedWatch(FEED, NO_SENDING)], names).embeds
  expect(embed?.title).toBe('Your feed 1 is paused')
  expect(embed?.description).toBe(
    `In **Read\\_me**, Custos cannot post in ${LINK}: Custos lacks **Send Messages** there. It goes on where it stopped as ` +
      'soon as it can.',
  )
})

test('without a name of the server, the link says which it is', () => {
  const [embed] = pausedMessage([pausedWatch(FEED, NO_CHANNEL)], NO_NAMES).embeds
  expect(embed?.description).toBe(
    `Custos cannot post in ${LINK}: the channel was deleted. Set another with \`/custos feed add\`, and remove this one ` +
      'with `/custos feed remove id:1`.',
  )
})

test('several of a channel are named in one message', () => {
  const one = pausedWatch(FEED, NO_CHANNEL)
  const [embed] = pausedMessage(
    [one, pausedWatch(FEED, NO_CHANNEL, 2), pausedWatch(ALERT, NO_CHANNEL, 3)],
    NO_NAMES,
  ).embeds
  expect(embed?.title).toBe('3 of your feeds and alerts are paused')
  expect(embed?.description).toBe(
    [
      `Custos cannot post in ${LINK}:`,
      '• feed 1, feed 2 and alert 3: the channel was deleted',
      'Set others with `/custos feed add` and `/custos alert add`, and remove these with `/custos feed remove` and ' +
        '`/custos alert remove`.',
    ].join('\n'),
  )
})

test('each says what it lacks, where that differs', () => {
  const noFiles: Obstacle = { type: 'permissions', permissions: ['AttachFiles'] }
  const watches = [pausedWatch(FEED, NO_SENDING), pausedWatch(FEED, noFiles, 2)] as const
  const [embed] = pausedMessage(watches, NO_NAMES).embeds
  expect(embed?.description?.split('\n').slice(1)).toEqual([
    '• feed 1: Custos lacks **Send Messages** there',
    '• feed 2: Custos lacks **Attach Files** there',
    'They go on where they stopped as soon as they can.',
  ])
})
