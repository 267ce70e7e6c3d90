import { expect, test } from 'vitest'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import { pausedMessage } from '../../../src/view/watch/paused.ts'
import { FEED, watchOf } from '../../support/watches.ts'

const LINK = 'https://discord.com/channels/9/5'

test('who set a feed is told in which server and channel it is paused, why, and what to do', () => {
  const names = new Names('9', [{ type: 'guild', id: '9', name: 'Read_me', presence: 'present' }])
  const [embed] = pausedMessage(
    watchOf(FEED),
    { type: 'permissions', permissions: ['SendMessages'] },
    names,
  ).embeds
  expect(embed?.title).toBe('Your feed 1 is paused')
  expect(embed?.description).toBe(
    `In **Read\\_me**, Custos cannot post in ${LINK}: Custos lacks **Send Messages** there. It goes on where it stopped as ` +
      'soon as it can.',
  )
})

test('without a name of the server, the link says which it is', () => {
  const [embed] = pausedMessage(watchOf(FEED), { type: 'channel' }, NO_NAMES).embeds
  expect(embed?.description).toBe(
    `Custos cannot post in ${LINK}: the channel was deleted. Set another with \`/custos feed add\`, and remove this one ` +
      'with `/custos feed remove id:1`.',
  )
})
