import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'

const MINUTE = 60_000

/** The longest that an answer waits for Discord if the gateway has sent every entry, in milliseconds. */
const PATIENCE = 800

/** A second server with the bot in it, and its admin. */
async function secondServer({ discord, town, log }: OpenCustos): Promise<MemberClient> {
  const { world } = discord
  const [admin] = town.moderators
  if (!admin) throw new Error('The town has no admin.')
  const guild = world.addGuild('The Annex', admin.id)
  for (const role of Object.values(town.roles)) guild.roles.set(role.id, role)
  guild.addMember(admin, [town.roles.admin.id], world.now())
  const channel = textChannel(world.newId(), guild.id, 'annex', 0)
  guild.channels.set(channel.id, channel)
  guild.addMember(town.bot.user, [town.roles.custos.id], world.now())
  discord.gateway.announceJoin(guild.id, town.bot.id)
  await log.waitFor(READ, 2)
  return new MemberClient(discord, admin.id, { guild, channelId: channel.id, applicationId: town.bot.id })
}

/** Runs a command in the town after an action, while Discord sends the log of another server and not the town's. */
async function runBesideAnother(
  act: (here: OpenCustos) => void,
  command = 'audit deletes',
): Promise<Message> {
  const here = await openCustos({ days: 2 })
  const { clock, discord, log, moderator, town } = here
  await log.waitFor(READ)
  const other = await secondServer(here)
  clock.advance(20 * MINUTE)
  await moderator.command('audit status')
  clock.advance(MINUTE)
  act(here)
  const silent = Promise.withResolvers<void>()
  discord.fault = (_, path) => {
    if (path !== `/guilds/${town.guild.id}/audit-logs`) return undefined
    silent.resolve()
    return 'silence'
  }
  const reply = moderator.send(command, { since: '10m' })
  await silent.promise
  await other.command('audit recent')
  clock.advance(PATIENCE)
  return (await reply.answered()).message
}

/** Deletes forty messages, for which Discord writes one entry and sends one event. */
function purge({ actor, town }: OpenCustos): void {
  const [channel = ''] = town.channels
  for (let count = 0; count < 40; count++)
    messages.deleteMessage(actor(1), channel, town.members[0]?.id ?? '')
}

test('if Discord does not send a log in time, live entries are shown without a warning', async () => {
  const kick = ({ actor, town }: OpenCustos) => members.kick(actor(0), town.members[0]?.id ?? '')
  expect(textOf(await runBesideAnother(kick))).not.toMatch(/could not be read|still reading|Incomplete/)
})

test.each(['deletes', 'export'])(
  'if a count may have grown meanwhile, /audit %s says when it was read, without a warning',
  async (command) => {
    const message = await runBesideAnother(purge, `audit ${command}`)
    expect(textOf(message)).not.toMatch(/could not be read|still reading|Incomplete/)
    expect(footersOf(message)[0]).toMatch(/Complete since .* · counts as of 24 Nov, 12:20 UTC$/)
  },
)

test('a number of messages that may have grown meanwhile is marked', async () => {
  const message = await runBesideAnother(purge)
  expect(fieldOf(message, 'Messages deleted')).toMatch(/^1\n\*may be higher\*/)
})
