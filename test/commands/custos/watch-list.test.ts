import { expect, test } from 'vitest'
import { timeOf } from '../../../src/core/snowflake.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import { openInteractions } from '../../support/open-interactions.ts'
import { fieldOf, textOf } from '../../support/read.ts'
import { FEED } from '../../support/watches.ts'

const SINCE = 1_795_000_000_000
const LAST_SENT = '1574743715870670857'

/** A post that Discord has under an id, or one that is not sent. */
function postOf(number: number, messageId?: string): Post {
  return {
    watch: 1,
    number,
    after: 0,
    to: 0,
    content: { type: 'entries', ids: ['1574743715870670857'] },
    delivery: messageId === undefined ? { type: 'planned' } : { type: 'sent', messageId, isChanged: false },
  }
}

test('the list and the status say when a feed last posted, and since when and why it does not', async () => {
  const { archive, moderator, town } = await openInteractions()
  const { id: guildId } = town.guild
  const [channelId = ''] = town.channels
  const by = moderator.userId
  await archive.addWatch(guildId, { id: '1574743715870670000', by }, { channelId, definition: FEED })
  const listed = async () => (await moderator.command('custos feed list')).message
  expect(textOf(await listed())).not.toContain('last post')

  const obstacle = { type: 'permissions' as const, permissions: ['SendMessages'] }
  await archive.saveProgress(guildId, 1, {
    posts: [postOf(1, '1564237482688512274'), postOf(2, LAST_SENT), postOf(3)],
    paused: { obstacle, since: SINCE, isTold: false },
  })
  const paused = `<t:${SINCE / 1000}:R>: Custos lacks **Send Messages** there`
  const sentAt = Math.floor(timeOf(LAST_SENT) / 1000)
  expect(fieldOf(await listed(), 'Feed 1')).toContain(` · last post <t:${sentAt}:R>\n`)
  expect(fieldOf(await listed(), 'Feed 1')).toContain(`⚠️ Paused ${paused}`)
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Posts')).toBe(`1 feed\n⚠️ Feed 1 in <#${channelId}> paused ${paused}`)

  await archive.saveProgress(guildId, 1, { paused: null })
  expect(textOf(await listed())).not.toContain('Paused')
})
