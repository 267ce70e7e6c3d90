import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { entriesOf } from '../../bench/data.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { footersOf, textOf } from '../../support/read.ts'

/** Runs every command once. */
async function runAll({ moderator, town }: OpenCustos, entryId: string | undefined): Promise<string[]> {
  const member = town.members[0]?.id ?? ''
  const commands: readonly [string, Record<string, string>][] = [
    ['recent', {}],
    ['user', { user: moderator.userId }],
    ['target', { on: member }],
    ['deletes', { since: '90d' }],
    ['activity', {}],
    ['repeats', {}],
    ['export', { format: 'csv' }],
    ['status', {}],
    ...(entryId === undefined ? [] : [['entry', { id: entryId }] as [string, Record<string, string>]]),
  ]
  const answers: string[] = []
  for (const [command, values] of commands) {
    const reply = moderator.send(`audit ${command}`, values)
    await reply.answered()
    // A progress message has no footer.
    await reply.until(() => footersOf(reply.message).length > 0)
    answers.push(textOf(reply.message))
  }
  return answers
}

test('every command answers in a guild with no entries', async () => {
  for (const answer of await runAll(await openCustos(), undefined)) expect(answer).not.toContain('went wrong')
})

test('every command answers in a guild with one entry', async () => {
  const here = await openCustos()
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  const answers = await runAll(here, here.town.guild.log.since()[0]?.id)
  for (const answer of answers) expect(answer).not.toContain('went wrong')
})

test('every command answers in a guild with 20,000 entries', async () => {
  const here = await openCustos({ archiveUrl: await archiveUrl() })
  await here.stopBot()
  const { guild } = here.town
  const entries = [...entriesOf(guild.id, 20_000)]
  const archive = await here.openArchive()
  const now = here.clock.now()
  await archive.record([
    {
      guildId: guild.id,
      entries,
      from: 'rest',
      complete: [{ start: firstIdAt(now - 1e10), end: firstIdAt(now) }],
    },
  ])
  await archive.close()
  await here.startBot()
  const answers = await runAll(here, entries.at(-1)?.id)
  for (const answer of answers) expect(answer).not.toContain('went wrong')
  expect(answers[0]).toContain('1–10 of 20,000')
  expect(answers[6]).toContain('20,000 entries exported')
})
