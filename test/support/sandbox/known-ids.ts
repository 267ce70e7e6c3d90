import type { APIRole } from 'discord-api-types/v10'
import type { Actor } from '../../../sandbox/actions/actor.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import type { OpenDiscord } from '../open-discord.ts'

/** The ids that tests use most, by name instead of by index. */
export interface KnownIds {
  readonly discord: OpenDiscord
  /** Alice, an administrator. */
  readonly actor: Actor
  readonly alice: string
  readonly bruno: string
  /** A bot that moderates. */
  readonly gatekeeper: string
  readonly marble: string
  readonly quill: string
  readonly general: string
  readonly help: string
  readonly lounge: string
  readonly study: string
}

export function knownIds(discord: OpenDiscord): KnownIds {
  const { town, actor } = discord
  const [general = '', help = ''] = town.channels
  const [lounge = '', study = ''] = town.voice
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  return {
    discord,
    actor: actor(0),
    alice: actor(0).actorId,
    bruno: actor(1).actorId,
    gatekeeper: actor(10).actorId,
    marble,
    quill,
    general,
    help,
    lounge,
    study,
  }
}

/** The role Muted. */
export function mutedRole({ discord }: KnownIds): APIRole {
  return discord.town.roles.muted
}

/** The entries of the guild's log without ids, oldest first. */
export function entriesOf({ discord }: KnownIds): Omit<LogEntry, 'id'>[] {
  return discord.town.guild.log.since().map(({ id: _id, ...entry }) => entry)
}
