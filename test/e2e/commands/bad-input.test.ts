import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { openCustos } from '../../support/open-custos.ts'
import { openOnce } from '../../support/open-once.ts'
import { textOf } from '../../support/read.ts'

const EXAMPLES =
  'Try `24h`, `7d`, `2 weeks ago`, `yesterday`, `2026-08-01` or `2026-08-01 14:00` (UTC), or paste a message link or an id.'

const custos = openOnce(async (atEnd) => {
  const here = await openCustos({}, atEnd)
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  return here
})

test.each([
  [
    'a time that is not understood',
    { since: 'the day the music died' },
    `“the day the music died” cannot be read as a time for \`since\`. ${EXAMPLES}`,
  ],
  [
    'a date whose meaning depends on the country',
    { until: '01/08/2026' },
    '“01/08/2026” cannot be read as a time for `until`. It does not say which number is the day and which is the ' +
      `month: write \`2026-01-08\` or \`2026-08-01\`. ${EXAMPLES}`,
  ],
  [
    'a time in the future',
    { since: '2027-01-01' },
    `\`since\` is in the future (1 Jan 2027, 00:00 UTC). ${EXAMPLES}`,
  ],
  [
    'since after until',
    { since: '1d', until: '2d' },
    '`since` (23 Nov 2026, 12:00 UTC) must be before `until` (22 Nov 2026, 12:00 UTC). Swap them, or leave one out.',
  ],
  [
    'a link to another guild',
    { since: 'https://discord.com/channels/111111111111111111/222222222222222222/333333333333333333' },
    'That link points to another server. Copy the link of a message in this one.',
  ],
  [
    'an action that does not exist',
    { action: 'Member Hug' },
    'There is no action “Member Hug”. Pick one from the list that appears while you type, such as `Member Kick`, `Bans \\& kicks` or `deleted`.'.replace(
      '\\&',
      '&',
    ),
  ],
  [
    'an unknown name',
    { on: '@nobody *here*' },
    'Custos knows no member, role or channel named “nobody \\*here\\*” in this server. Use a mention or an id instead.',
  ],
] as const)('%s gets an ephemeral error that says what would work', async (_, values, sentence) => {
  const reply = await custos().moderator.command('audit recent', { ...values, public: true })
  expect(textOf(reply.message)).toBe(sentence)
  expect(reply.ephemeral).toBe(true)
})

test('an ambiguous name gets the advice to pick from the list', async () => {
  const { moderator, town, discord, actor } = await openCustos()
  const [one, two] = ['Twin', 'Twin'].map((displayName, index) =>
    discord.world.addUser(`twin${index}`, { displayName }),
  )
  for (const user of [one, two]) if (user) members.kick(actor(0), user.id)
  const { message } = await moderator.command('audit recent', { on: 'Twin' })
  expect(textOf(message)).toBe(
    '“Twin” matches several names. Pick one from the list that appears while you type.',
  )
  expect(town.guild.log.since()).toHaveLength(2)
})
