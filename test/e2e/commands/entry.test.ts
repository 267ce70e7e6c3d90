import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { textOf } from '../../support/read.ts'

test('an entry is shown by its id', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '', 'Spam')
  const id = town.guild.log.since()[0]?.id ?? ''
  const reply = await moderator.command('audit entry', { id, public: true })
  expect(textOf(reply.message)).toContain('👢 Member Kick')
  expect(textOf(reply.message)).toContain(`Entry ${id}`)
  expect(reply.ephemeral).toBe(false)
})

test('autocomplete suggests the newest entries, or those that match the text', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  clock.advance(60_000)
  members.ban(actor(1), town.members[1]?.id ?? '')
  await moderator.command('audit recent')
  const [kick = '', ban = ''] = town.guild.log.since().map(({ id }) => id)
  expect(await moderator.autocomplete('audit entry', 'id', '')).toEqual([
    { name: '24 Nov 2026, 12:01 UTC · @Bruno banned @quill', value: ban },
    { name: '24 Nov 2026, 12:00 UTC · @Alice kicked @marble', value: kick },
  ])
  expect((await moderator.autocomplete('audit entry', 'id', 'MARBLE')).map(({ value }) => value)).toEqual([
    kick,
  ])
  for (const typed of [ban, 'ban add', 'Quill']) {
    expect((await moderator.autocomplete('audit entry', 'id', typed)).map(({ value }) => value)).toEqual([
      ban,
    ])
  }
})

test.each([
  [
    'a text that is not an id',
    'latest',
    '“latest” is not the id of an entry. Ids are long numbers such as `1574743715870670857`. Pick one from the list that appears while you type, or copy an id from the bottom of an entry.',
  ],
  [
    'an unknown id',
    '1500000000000000001',
    'This server has no entry `1500000000000000001`. Pick one from the list that appears while you type, or copy an id from the bottom of an entry.',
  ],
])('%s gets an ephemeral error', async (_, id, sentence) => {
  const { moderator } = await openCustos({ days: 1 })
  const reply = await moderator.command('audit entry', { id, public: true })
  expect(textOf(reply.message)).toBe(sentence)
  expect(reply.ephemeral).toBe(true)
})

test('an entry of another guild is not shown', async () => {
  let foreign = ''
  const { moderator, log } = await openCustos({
    prepare: ({ discord, bot, moderators }) => {
      const other = discord.world.addGuild('Next door', moderators[0]?.id ?? '')
      other.addMember(bot.user, [], discord.world.now())
      other.ownerId = bot.id
      members.kick(
        { world: discord.world, guild: other, actorId: moderators[0]?.id ?? '' },
        '200000000000000000',
      )
      foreign = other.log.since()[0]?.id ?? ''
    },
  })
  await log.waitFor(READ, 2)
  const { message } = await moderator.command('audit entry', { id: foreign })
  expect(textOf(message)).toContain(`This server has no entry \`${foreign}\`.`)
})
