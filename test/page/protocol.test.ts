import { expect, test } from 'vitest'
import { MemberRequests } from '../../sandbox/page/member-requests.ts'
import { requests } from '../../sandbox/page/protocol.ts'
import { openDiscord } from '../support/open-discord.ts'

test('a request with an invalid field is rejected', () => {
  const sender = { as: '1574756469964800009', channel: '1574756469964800010' }
  expect(requests.command.safeParse({ ...sender, path: 'audit recent', values: { limit: 3 } }).success).toBe(
    true,
  )
  expect(requests.command.safeParse({ ...sender, path: 'audit recent', values: { limit: {} } }).success).toBe(
    false,
  )
  expect(
    requests.command.safeParse({ ...sender, as: 'alice', path: 'audit recent', values: {} }).success,
  ).toBe(false)
  expect(requests.pass.safeParse({ hours: 24 * 365 }).success).toBe(false)
  expect(requests.act.safeParse({ actor: sender.as, action: 'kick' }).success).toBe(true)
  expect(requests.act.safeParse({ actor: sender.as, action: 'burn' }).success).toBe(false)
})

test('members can delete only their own messages, unlogged; a moderator’s delete is logged', async () => {
  const { town, discord } = await openDiscord()
  const [author, other] = town.members
  const [channel = ''] = town.channels
  if (!author || !other) throw new Error('The town is empty.')
  const members = new MemberRequests(town)
  const remove = (as: string) => {
    const message = discord.conversation.postAs(channel, author, 'Hello')
    return { result: members.remove({ as, channel, message: message.id }), message }
  }
  const rejected = remove(other.id)
  expect(rejected.result).toEqual({
    type: 'rejected',
    message: 'You may not delete messages of other members.',
  })
  expect(rejected.message.deleted).toBe(false)
  expect(remove(author.id).message.deleted).toBe(true)
  expect(town.guild.log.since()).toEqual([])
  expect(remove(town.moderators[1]?.id ?? '').message.deleted).toBe(true)
  expect(town.guild.log.since()).toMatchObject([{ action_type: 72, target_id: author.id }])
})
