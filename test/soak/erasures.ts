import { setTimeout as sleep } from 'node:timers/promises'
import * as members from '../../sandbox/actions/members.ts'
import { buttonsOf } from '../../sandbox/member-client/components.ts'
import { textOf } from '../support/read.ts'
import type { SoakSetup } from './soak-setup.ts'

/** A moderator erases a member who has entries, and the bot is stopped during the erasure. */
export async function interruptErasure(setup: SoakSetup): Promise<undefined> {
  const { discord, random, town } = setup
  const { guild, bot } = town
  if (
    !setup.isConnected ||
    !setup.canRestart ||
    discord.gateway.down ||
    !guild.available ||
    !guild.members.has(bot.id)
  )
    return
  const actorId = town.moderators[0]?.id ?? ''
  const member = random.pick(town.members).id
  const text = `secret-${discord.world.newId()}`
  members.ban({ world: discord.world, guild, actorId }, member, text)
  const moderator = town.as(actorId)
  const { message } = await moderator.command('custos forget', { member })
  const [button] = buttonsOf(message)
  // If the bot has stored nothing about the member, there is nothing to erase.
  if (!button) return
  const pressed = moderator.sendClick(message, button.label)
  await pressed.until(() => /^(Erasing…|Erased:|\*\*Not|Custos’s archive cannot)/.test(textOf(message)))
  // A connection was lost while the erasure began, so that nobody knows whether it did.
  if (textOf(message).startsWith('Custos’s archive')) return
  setup.erased.push(text)
  await setup.stopBot()
  await sleep(40)
  await setup.startBot()
}

/** How many erasures are not finished. */
export async function unfinishedErasures({ database }: SoakSetup): Promise<number> {
  return (await database.rows('SELECT 1 FROM erasure WHERE stage IN (1, 2, 3)')).length
}
