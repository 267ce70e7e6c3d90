import type { APIRole } from 'discord-api-types/v10'
import type { Actor } from '../../sandbox/actions/actor.ts'
import type { LogEntry } from '../../sandbox/world/audit-log.ts'
import type { OpenDiscord } from './open-discord.ts'

/** Who and what the acts of a test are about, by name instead of by place. */
export interface KnownIds {
  readonly discord: OpenDiscord
  /** Where Alice acts, an administrator. */
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

export function knownIds(here: OpenDiscord): KnownIds {
  const { town, actor } = here
  const [general = '', help = ''] = town.channels
  const [lounge = '', study = ''] = town.voice
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  return {
    discord: here,
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

/** The role that keeps members quiet. */
export function mutedRole({ discord: here }: KnownIds): APIRole {
  return here.town.roles.muted
}

/** What is in the guild's log, oldest first, without the ids. */
export function entriesOf({ discord: here }: KnownIds): Omit<LogEntry, 'id'>[] {
  return here.town.guild.log.since().map(({ id: _id, ...entry }) => entry)
}
