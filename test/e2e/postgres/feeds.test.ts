import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { logged, loggedMatching, openProcesses } from '../../support/process/open-processes.ts'
import { textOf } from '../../support/read.ts'

test('a process that takes over posts everything once, also what the other one was about to post', async () => {
  const url = await postgresDatabase()
  const { discord, town, run, moderator } = await openProcesses({ history: { days: 1, perDay: 5, seed: 1 } })
  const modLog = addModLog(town)
  const start = () =>
    run(
      { DATABASE_URL: url, SHARDS_PER_PROCESS: '1', SHARD_COUNT: '1' },
      { script: 'test/support/process/short-leases.ts' },
    )
  const kick = (member: number) => {
    const actor = { world: discord.world, guild: town.guild, actorId: town.moderators[0]?.id ?? '' }
    members.kick(actor, town.members[member]?.id ?? '', `Reason ${member}`)
  }
  const reasons = () =>
    discord.conversation.messagesIn(modLog).flatMap((post) => textOf(post).match(/Reason \d+/g) ?? [])

  const first = start()
  await logged(first, 'Commands registered.')
  const standby = start()
  await loggedMatching(standby, /"msg":"Standing by: other processes serve all shards/)
  await moderator.command('custos feed add', { to: modLog })
  kick(0)
  await expect.poll(reasons, { timeout: 20_000 }).toEqual(['Reason 0'])

  // Discord has the next post, and the process is killed before it hears of it.
  const isPost = (method: string, path: string) =>
    method === 'POST' && path === `/channels/${modLog}/messages`
  discord.fault = (method, path) => (isPost(method, path) ? { lost: 'silence', isDone: true } : undefined)
  kick(1)
  await expect.poll(reasons, { timeout: 20_000 }).toEqual(['Reason 0', 'Reason 1'])
  await first.stop('SIGKILL')
  discord.fault = undefined
  kick(2)
  await expect.poll(reasons, { timeout: 30_000 }).toContain('Reason 2')
  kick(3)
  await expect.poll(reasons, { timeout: 20_000 }).toContain('Reason 3')
  expect(reasons()).toEqual(['Reason 0', 'Reason 1', 'Reason 2', 'Reason 3'])
})
