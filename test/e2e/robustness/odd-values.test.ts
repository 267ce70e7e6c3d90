import { AuditLogEvent } from 'discord-api-types/v10'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { textOf } from '../../support/read.ts'

const TYPES = Object.values(AuditLogEvent).filter((type) => typeof type === 'number')

/** Counts that are invalid, or too large to be summed exactly. */
const COUNTS: readonly unknown[] = [
  '9007199254740991',
  9_007_199_254_740_991,
  '9223372036854775807',
  '99999999999999999999',
  '2147483647',
  1e300,
  -5,
  '-5',
  2.5,
  '1e3',
  '',
  null,
  [],
  {},
  true,
  '0x10',
]

/** Values of every JSON type, and numbers and dates at the limits of their ranges. */
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    ...COUNTS,
    '9'.repeat(400),
    '+275760-09-13T00:00:00.001Z',
    '9999-99-99',
    8.64e15 + 1,
  ),
  fc.constantFrom<unknown>(
    [{ id: null, name: null }],
    [null],
    { type: 1, metadata: null },
    [[[]]],
    'a'.repeat(5000),
  ),
)

const anyKey = fc.constantFrom(
  ...[
    'name',
    'permissions',
    'color',
    'colors',
    'type',
    'flags',
    'nick',
    'deny',
    'allow',
    'owner_id',
    'bitrate',
  ],
  ...['$add', '$remove', 'available_tags', 'actions', 'trigger_metadata', 'exempt_roles', 'recurrence_rule'],
  ...[
    'communication_disabled_until',
    'rate_limit_per_user',
    'max_age',
    'code',
    'permission_overwrites',
    'icon_hash',
  ],
  ...['prune_delete_days', 'scheduled_start_time', 'entity_metadata', '1564446472273922735', '__proto__', ''],
)

const anyFields = fc.record({
  action_type: fc.constantFrom(...TYPES, 999, Number.MAX_SAFE_INTEGER),
  user_id: fc.constantFrom('1564270265368578186', null),
  target_id: fc.constantFrom('1564270265368578187', null, 'none', ''),
  changes: fc.oneof(
    fc.array(fc.record({ key: anyKey, old_value: anyValue, new_value: anyValue }, { requiredKeys: ['key'] })),
    anyValue,
  ),
  options: fc.oneof(
    fc.record(
      { count: fc.constantFrom(...COUNTS), channel_id: anyValue, members_removed: anyValue, type: anyValue },
      { requiredKeys: ['count'] },
    ),
    fc.constantFrom(null, {}),
  ),
})

/** Entries with extreme values, ten of them in the future. They are the same in each run. */
function oddLog({ clock, discord }: OpenCustos): LogEntry[] {
  const sample = fc.sample(anyFields, { numRuns: 100, seed: 10 })
  return sample.map((fields, index) => {
    const ahead = index % 10 === 0 ? 10 ** (index / 10) * 1000 : 0
    return { ...fields, id: discord.world.newId(clock.now() + Math.min(ahead, 1.7e12)) }
  })
}

const COMMANDS: readonly (readonly [string, Readonly<Record<string, string | number>>])[] = [
  ['audit recent', {}],
  ['audit user', { user: '1564270265368578186' }],
  ['audit target', { on: '1564270265368578187' }],
  ['audit deletes', {}],
  ['audit deletes', { since: '30d' }],
  ['audit activity', {}],
  ['audit repeats', { min: 2 }],
  ['audit repeats', { action: 'Message Delete' }],
  ['audit export', { format: 'csv' }],
  ['audit export', { format: 'json' }],
  ['audit status', {}],
]

test('entries with extreme values, from the gateway or REST, break no command', async () => {
  const here = await openCustos({ oddEntries: true })
  const { discord, log, moderator, town } = here
  await log.waitFor(READ)
  const entries = oddLog(here)
  for (const [index, entry] of entries.entries()) {
    if (index % 2 === 0) discord.world.emitEntry(town.guild, entry)
    else town.guild.log.add(entry)
  }
  for (const [command, options] of COMMANDS) {
    const { message } = await moderator.command(command, options)
    expect(textOf(message), command).not.toMatch(/went wrong|could not be read|^$/)
  }
  for (const { id } of entries.filter((_, index) => index % 8 < 2)) {
    const { message } = await moderator.command('audit entry', { id })
    expect(textOf(message)).toContain(`Entry ${id}`)
  }
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
