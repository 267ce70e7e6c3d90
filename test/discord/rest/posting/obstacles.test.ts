import { PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createThread } from '../../../../sandbox/actions/threads.ts'
import { overwrite } from '../../../../sandbox/world/channels.ts'
import { openPosting } from '../../../support/open-posting.ts'
import { post } from '../../../support/post.ts'

/** The permissions that matter, and one that does not. */
const FLAGS = [
  May.ViewChannel,
  May.Connect,
  May.SendMessages,
  May.SendMessagesInThreads,
  May.ManageThreads,
  May.EmbedLinks,
  May.AttachFiles,
  May.ReadMessageHistory,
]

/** Any set of permissions, in which each is as likely as another number says. */
const some = (weight: number) =>
  fc
    .tuple(...FLAGS.map((flag) => fc.integer({ min: 0, max: 9 }).map((roll) => (roll < weight ? flag : 0n))))
    .map((flags) => flags.reduce((all, flag) => all | flag, 0n))

const twoSides = fc.record({ allow: some(3), deny: some(1) })

const situation = fc.record({
  everyone: some(8),
  administrator: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
  forEveryone: twoSides,
  forRole: twoSides,
  forOtherRole: twoSides,
  forCustos: twoSides,
  where: fc.constantFrom('channel' as const, 'voice' as const, 'thread' as const, 'locked thread' as const),
})

test('Custos finds an obstacle exactly where Discord refuses its post', async () => {
  const here = await openPosting()
  const { posting, town, discord, actor } = here
  const { guild, roles, bot } = town
  discord.rateLimits.routes.clear()
  discord.rateLimits.global = { limit: 100_000, window: 1 }
  discord.rateLimits.standard = { limit: 100_000, window: 1 }
  const [text = ''] = town.channels
  const [voice = ''] = town.voice
  const threads = {
    thread: createThread(actor(0), text, 'Open'),
    'locked thread': createThread(actor(0), text, 'Locked'),
  }
  const locked = threads['locked thread']
  const thread_metadata = { ...locked.thread_metadata, locked: true }
  guild.threads.set(locked.id, { ...locked, thread_metadata })
  const ids = { channel: text, voice, thread: threads.thread.id, 'locked thread': locked.id }
  let [refused, sent, count] = [0, 0, 0]
  const setPermissions = (roleId: string, permissions: bigint) => {
    const role = guild.roles.get(roleId)
    if (role) guild.roles.set(roleId, { ...role, permissions: String(permissions) })
  }
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      setPermissions(guild.id, given.everyone)
      setPermissions(roles.custos.id, May.ViewAuditLog | (given.administrator ? May.Administrator : 0n))
      const permission_overwrites = [
        overwrite(bot.id, OverwriteType.Member, given.forCustos.allow, given.forCustos.deny),
        overwrite(roles.custos.id, OverwriteType.Role, given.forRole.allow, given.forRole.deny),
        overwrite(roles.muted.id, OverwriteType.Role, given.forOtherRole.allow, given.forOtherRole.deny),
        overwrite(guild.id, OverwriteType.Role, given.forEveryone.allow, given.forEveryone.deny),
      ]
      for (const id of [text, voice]) {
        const channel = guild.channels.get(id)
        if (channel) guild.channels.set(id, { ...channel, permission_overwrites })
      }
      const place = { guildId: guild.id, channelId: ids[given.where] }
      const obstacle = await posting.obstacleIn(place)
      count++
      const result = await posting.send(place, post(`${count}`), `nonce ${count}`)
      if (result.type === 'sent') sent++
      else refused++
      // Discord says which are missing only if it says so at once.
      expect(result.type === 'refused' ? result.obstacle : undefined).toEqual(obstacle)
    }),
    { numRuns: 200 },
  )
  expect(Math.min(refused, sent)).toBeGreaterThan(20)
})
