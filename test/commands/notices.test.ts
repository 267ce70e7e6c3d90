import { afterAll, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { firstIdAt, idAfter } from '../../src/core/snowflake.ts'
import { DAY } from '../../src/core/time/units.ts'
import { entryOf } from '../support/entries/entries.ts'
import { openInteractions } from '../support/open-interactions.ts'
import { textOf } from '../support/read.ts'

const here = await openInteractions({ outcome: 'unreadable' }, afterAll)
const { archive, clock, moderator, town } = here
const guildId = town.guild.id
const [target = ''] = town.members.map(({ id }) => id)
const id = idAfter(firstIdAt(clock.now() - DAY))
const kick = { id, action_type: 20, user_id: moderator.userId, target_id: target }
await archive.record([
  {
    guildId,
    from: 'rest',
    entries: [entryOf(guildId, kick)],
    complete: [{ start: firstIdAt(clock.now() - 30 * DAY), end: id }],
    readAt: clock.now() - DAY,
  },
])

const REQUIRED: Readonly<Record<string, Record<string, string>>> = {
  user: { user: moderator.userId },
  target: { on: target },
  entry: { id },
}

const [audit] = commands
test.each(audit?.subcommands.map(({ name }) => name) ?? [])(
  '/audit %s says that Discord could not be read',
  async (name) => {
    const { message } = await moderator.command(`audit ${name}`, REQUIRED[name] ?? {})
    expect(textOf(message)).toContain('⚠️ Discord could not be read.')
  },
)
