import { timeZoneNamed } from './time/zones/time-zones.ts'

/** What the members of a guild have set. */
export interface GuildSettings {
  /** The time zone that days and times mean, an IANA name; undefined until one is set, which means UTC. */
  readonly timeZone: string | undefined
}

/** The settings of a guild where nothing has been set. */
export const NO_SETTINGS: GuildSettings = { timeZone: undefined }

/**
 * The time zone that days and times mean in a guild, an IANA name: the one that is set, or UTC. A zone that another
 * version of Node stored, and this one does not know, is UTC too.
 */
export function timeZoneOf({ timeZone }: GuildSettings): string {
  return timeZone !== undefined && timeZoneNamed(timeZone) !== undefined ? timeZone : 'UTC'
}
