import type { BaseInteraction } from 'discord.js'
import type { Place } from '../../commands/place.ts'
import type { Desk, InGuild } from './desk.ts'
import type { Responder } from './responder.ts'
import { roleMembers } from './role-members.ts'

/** Where an interaction came from. */
export function placeOf(
  { rest, catchUp, clock, log, signal }: Desk,
  { guild, guildId, attachmentSizeLimit }: InGuild<BaseInteraction>,
  responder: Responder,
): Place {
  return {
    now: clock.now(),
    guildName: guild?.name ?? guildId,
    fileLimit: attachmentSizeLimit,
    standing: () => catchUp.standing(guildId),
    roleMembers: (roleId, candidates) => roleMembers({ rest, log, signal }, guildId, roleId, candidates),
    report: (sentence) => responder.report(sentence),
  }
}
