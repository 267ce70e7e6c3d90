/** What the members of a guild have set. */
export interface GuildSettings {
  /** The time zone that days and times mean, an IANA name; undefined until one is set, which means UTC. */
  readonly timeZone: string | undefined
}

/** The settings of a guild where nothing has been set. */
export const NO_SETTINGS: GuildSettings = { timeZone: undefined }
