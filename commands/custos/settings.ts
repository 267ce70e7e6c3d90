import { subcommand } from '../../src/command/command.ts'
import { stringOption } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import type { GuildSettings } from '../../src/core/guild-settings.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { findTimeZones, parseTimeZone } from '../../src/core/time/zones/time-zones.ts'
import { type SettingsChange, settingsReply } from '../../src/view/settings.ts'

export const settings = subcommand({
  name: 'settings',
  description: 'Show or set the time zone of this server',
  options: {
    timezone: stringOption('City, such as Berlin, or IANA name. Without it, Custos shows what is set', {
      suggests: 'time zones',
      maxLength: 100,
    }),
  },
  draft: ({ timezone }, { now }) => ({
    filter: {},
    ...(timezone !== undefined && { newTimeZone: requireTimeZone(timezone, now) }),
    order: 'newest',
    public: false,
    syncBackTo: 'none',
  }),
  async answer({ query: { guildId, newTimeZone }, archive, context, notice }) {
    const before = await archive.settings(guildId)
    if (newTimeZone !== undefined) await context.operate({ type: 'time zone', timeZone: newTimeZone })
    const [settings, operations, watches] = await Promise.all([
      archive.settings(guildId),
      archive.operations(guildId),
      archive.watches(guildId),
    ])
    return settingsReply({
      settings,
      change: changeTo(newTimeZone, before, settings),
      lastSet: operations.find(({ detail }) => detail.type === 'time zone'),
      watches,
      now: context.now,
      // May be the first answer in the server, which says how far back the archive reaches.
      notice,
    })
  },
})

/** What a command that set a time zone has changed. */
function changeTo(wanted: string | undefined, before: GuildSettings, after: GuildSettings): SettingsChange {
  if (wanted === undefined) return { type: 'none' }
  if (after.timeZone !== wanted) return { type: 'overtaken', wanted }
  return before.timeZone === wanted ? { type: 'same' } : { type: 'set', before }
}

/** @throws UserError for a text that does not mean one time zone */
function requireTimeZone(typed: string, now: number): string {
  const zone = parseTimeZone(typed)
  if (zone !== undefined) return zone
  const similar = findTimeZones(typed, now).slice(0, 3)
  const problem = similar.length > 1 ? 'can mean several time zones' : 'is not a time zone'
  const help =
    similar.length === 0
      ? 'Type a city, such as `Berlin`, or a name, such as `America/New_York`, and pick one from the list that appears.'
      : `Pick one from the list that appears while you type, such as ${similar.map((each) => `\`${each}\``).join(', ')}.`
  throw new UserError(`“${escapeMarkdown(typed, 60)}” ${problem}. ${help}`)
}
