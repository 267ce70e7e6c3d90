import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, footersOf } from '../../support/read.ts'

const MINUTE = 60_000

/** Kicks that many members. Returns the ids of the entries, newest first. */
function kick({ actor, town }: OpenCustos, count: number): string[] {
  for (let index = 0; index < count; index++) members.kick(actor(0), town.members[index]?.id ?? '')
  return town.guild.log
    .since()
    .slice(-count)
    .map(({ id }) => id)
    .reverse()
}

/** Makes reads of the audit log by REST fail, so that only the gateway delivers entries. */
function gatewayAlone({ discord }: OpenCustos): void {
  discord.fault = always(AUDIT_LOG, { status: 500 })
}

/** Resolves once the bot has a session on its connection again. */
async function connected({ discord, town }: OpenCustos): Promise<void> {
  while (!discord.gateway.sessionsOf(town.bot.id).some(({ socket }) => socket?.readyState === 1)) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test.concurrent('entries arrive live, without any read of Discord’s log', async ({ onTestFinished }) => {
  const here = await openCustos({}, onTestFinished)
  await here.log.waitFor(READ)
  gatewayAlone(here)
  const ids = kick(here, 5)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids)
})

const cuts: readonly (readonly [string, (here: OpenCustos) => void])[] = [
  ['a connection that drops', ({ discord }) => discord.gateway.dropConnections()],
  ['a request to reconnect', ({ discord }) => discord.gateway.requestReconnect()],
]
test.concurrent.for(cuts)('%s loses nothing: the session is resumed', async ([, cut], { onTestFinished }) => {
  const here = await openCustos({}, onTestFinished)
  await here.log.waitFor(READ)
  gatewayAlone(here)
  cut(here)
  const ids = kick(here, 5)
  await connected(here)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids)
})

test.concurrent('a session that cannot be resumed loses nothing: what was missed is read by REST', async ({
  onTestFinished,
}) => {
  const here = await openCustos({}, onTestFinished)
  await here.log.waitFor(READ)
  here.discord.gateway.invalidate()
  const ids = kick(here, 5)
  here.clock.advance(30 * MINUTE)
  await here.log.waitFor(READ, 2)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids)
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
})

test.concurrent.for([
  ['as many as Discord recommends', 2, {}],
  ['as many as its operator set', 1, { SHARD_COUNT: '2' }],
] as const)(
  'the bot serves guilds of every shard: %s',
  async ([, recommended, environment], { onTestFinished }) => {
    const here = await openCustos(
      {
        environment,
        prepare: ({ discord }) => {
          discord.gateway.shards = recommended
          discord.gateway.maxConcurrency = 2
        },
      },
      onTestFinished,
    )
    const ids = kick(here, 2)
    const { message } = await here.moderator.command('audit recent')
    expect(entryIdsOf(message)).toEqual(ids)
    const shards = here.discord.gateway.sessionsOf(here.town.bot.id).map(({ identity }) => identity.shard)
    expect(shards).toEqual([
      [0, 2],
      [1, 2],
    ])
  },
)

test.concurrent('a name is known as soon as something has it, and the newest name is used', async ({
  onTestFinished,
}) => {
  const here = await openCustos({}, onTestFinished)
  const { moderator, actor, discord } = here
  await here.log.waitFor(READ)
  const id = discord.world.newId()
  roles.createRole(actor(0), newRole({ id, name: 'Night watch' }))
  roles.updateRole(actor(0), id, { name: 'Day watch' })
  const thread = threads.createThread(actor(0), here.town.channels[0] ?? '', 'Watch plans')
  await moderator.command('audit recent')
  expect(await moderator.autocomplete('audit recent', 'on', 'watch')).toEqual([
    { name: '#Watch plans (thread)', value: thread.id },
    { name: '@Day watch (role)', value: id },
  ])
})

test.concurrent('no guild sees entries of another', async ({ onTestFinished }) => {
  const here = await openCustos(
    {
      prepare: ({ discord, bot, moderators }) => {
        const other = discord.world.addGuild('Next door', moderators[0]?.id ?? '')
        other.addMember(bot.user, [], discord.world.now())
        other.roles.set(other.id, { ...newRole({ id: other.id, name: '@everyone' }), permissions: '8' })
        const actor = { world: discord.world, guild: other, actorId: moderators[0]?.id ?? '' }
        members.kick(actor, moderators[3]?.id ?? '', 'Next door alone')
      },
    },
    onTestFinished,
  )
  await here.log.waitFor(READ, 2)
  const ids = kick(here, 1)
  const { message } = await here.moderator.command('audit recent', { by: here.moderator.userId })
  expect(entryIdsOf(message)).toEqual(ids)
})

test.concurrent('a guild that the bot joins later is read from then on', async ({ onTestFinished }) => {
  const here = await openCustos(
    {
      prepare: ({ guild, bot }) => guild.members.delete(bot.id),
    },
    onTestFinished,
  )
  const { discord, town, clock } = here
  const ids = kick(here, 3)
  town.guild.addMember(town.bot.user, [town.roles.custos.id], clock.now())
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  await here.log.waitFor(READ)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids)
})

test.concurrent('a guild that becomes unavailable is read again once it is back', async ({
  onTestFinished,
}) => {
  const here = await openCustos({}, onTestFinished)
  await here.log.waitFor(READ)
  here.discord.gateway.setAvailable(here.town.guild.id, false)
  const ids = kick(here, 3)
  here.discord.gateway.setAvailable(here.town.guild.id, true)
  await here.log.waitFor(READ, 2)
  gatewayAlone(here)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(ids)
})
