import { expect, test } from 'vitest'
import { MemberRequests } from '../../sandbox/page/member-requests.ts'
import { requests } from '../../sandbox/page/protocol.ts'
import { openDiscord } from '../support/open-discord.ts'

test('what the page asks is read against the protocol, to the last field', () => {
  const seat = { as: '1574756469964800009', channel: '1574756469964800010' }
  expect(requests.command.safeParse({ ...seat, path: 'audit recent', values: { limit: 3 } }).success).toBe(
    true,
  )
  expect(requests.command.safeParse({ ...seat, path: 'audit recent', values: { limit: {} } }).success).toBe(
    false,
  )
  expect(requests.command.safeParse({ ...seat, as: 'alice', path: 'audit recent', values: {} }).success).toBe(
    false,
  )
  expect(requests.pass.safeParse({ hours: 24 * 365 }).success).toBe(false)
  expect(requests.act.safeParse({ who: seat.as, what: 'burn' }).success).toBe(false)
})

test('a member deletes their own messages alone, and nothing is logged; a moderator those of others, and it is', async () => {
  const { town, discord } = await openDiscord()
  const [author, other] = town.members
  const [channel = ''] = town.channels
  if (!author || !other) throw new Error('The town is empty.')
  const members = new MemberRequests(town)
  const remove = (as: string) => {
    const message = discord.conversation.postAs(channel, author, 'Hello')
    return { answer: members.remove({ as, channel, message: message.id }), message }
  }
  const refused = remove(other.id)
  expect(refused.answer).toEqual({ type: 'wrong', why: 'You may not delete what others wrote.' })
  expect(refused.message.deleted).toBe(false)
  expect(remove(author.id).message.deleted).toBe(true)
  expect(town.guild.log.since()).toEqual([])
  expect(remove(town.moderators[1]?.id ?? '').message.deleted).toBe(true)
  expect(town.guild.log.since()).toMatchObject([{ action_type: 72, target_id: author.id }])
})
