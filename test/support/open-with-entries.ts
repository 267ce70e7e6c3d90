import * as members from '../../sandbox/actions/members.ts'
import { buttonsOf } from '../../sandbox/member-client/components.ts'
import type { Message } from '../../sandbox/world/message.ts'
import { READ } from './log-messages.ts'
import { openCustos } from './open-custos.ts'

/**
 * Custos in a server with two entries, as its owner, Alice, who may manage the server, and Bruno, who may only view its log.
 */
export async function openWithEntries(...options: Parameters<typeof openCustos>) {
  const here = await openCustos(...options)
  const { actor, town, log } = here
  const [victim = '', other = ''] = town.members.map(({ id }) => id)
  members.kick(actor(1), victim, 'Rude to everybody')
  members.kick(actor(0), other, 'Spam')
  await log.waitFor(READ)
  await here.moderator.command('audit recent')
  return { ...here, victim, bruno: here.other, owner: town.as(town.guild.ownerId) }
}

/** What the button says that confirms an erasure. */
export const confirmLabel = (message: Message) => buttonsOf(message)[0]?.label ?? ''
