import { expect, test } from 'vitest'
import { archiveFile } from '../support/archive-file.ts'
import { openProcesses, TOKEN } from '../support/open-processes.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn, textOf } from '../support/read.ts'

test('a process of its own answers every command, turns pages and shows entries', async () => {
  const { town, run, moderator } = await openProcesses()
  await run().ready()
  const all = town.guild.log.since().reverse()
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain(`1–10 of ${all.length}, `)
  await moderator.click(message, 'Next')
  expect(entryIdsOf(message)).toEqual(all.slice(10, 20).map(({ id }) => id))
  const [id = ''] = entryIdsOf(message)
  expect(textOf((await moderator.choose(message, id)).message)).toContain(`Entry ${id}`)

  const own = await moderator.command('audit user', { user: moderator.userId })
  expect(numberIn(fieldOf(own.message, 'Actions'))).toBe(
    all.filter(({ user_id }) => user_id === moderator.userId).length,
  )
  const deletes = await moderator.command('audit deletes', { since: '30d' })
  expect(numberIn(fieldOf(deletes.message, 'Log entries'))).toBe(
    all.filter(({ action_type }) => action_type === 72 || action_type === 73).length,
  )
})

test('it says in one line of JSON who it is and where, and never its token', async () => {
  const { discord, town, run } = await openProcesses()
  const bot = run({ LOG_LEVEL: 'trace' })
  await bot.ready()
  await bot.stop()
  const lines = bot.output.stdout.trim().split('\n')
  const said = lines.map((line): unknown => JSON.parse(line))
  expect(said).toContainEqual(
    expect.objectContaining({ msg: 'Custos is on watch.', id: town.bot.id, api: discord.api, guilds: 1 }),
  )
  expect(bot.output.stdout + bot.output.stderr).not.toContain(TOKEN)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: what is in flight is answered, and it exits 0',
  async (signal) => {
    const { run, moderator } = await openProcesses()
    const bot = run()
    await bot.ready()
    const seen = moderator.send('audit recent')
    await seen.until((outcomes) => outcomes.length > 0)
    const begun = Date.now()
    expect(await bot.stop(signal)).toBe(0)
    expect(Date.now() - begun).toBeLessThan(5000)
    const { message } = await seen.answered()
    expect(textOf(message)).toContain('Audit log')
  },
)

test('a wrong token ends it with 1 and a sentence that does not show the token', async () => {
  const { run } = await openProcesses()
  const bot = run({ DISCORD_TOKEN: 'MTAx.another.token' })
  expect(await bot.ended()).toBe(1)
  expect(bot.output.stderr).toBe(
    'Discord does not accept DISCORD_TOKEN. Copy the token anew from the Bot page of your application at ' +
      'https://discord.com/developers/applications.\n',
  )
})

test('a bad configuration ends it with 1 at once, naming every bad variable', async () => {
  const { run } = await openProcesses()
  const bot = run({
    DISCORD_TOKEN: '',
    DISCORD_API: 'discord',
    DATABASE_URL: 'postgres://x',
    LOG_LEVEL: 'loud',
  })
  expect(await bot.ended()).toBe(1)
  for (const name of ['DISCORD_TOKEN', 'DISCORD_API', 'DATABASE_URL', 'LOG_LEVEL']) {
    expect(bot.output.stderr).toMatch(new RegExp(`^ {2}${name} should be `, 'm'))
  }
})

test('a second one on the same archive is refused with a sentence', async () => {
  const { run } = await openProcesses()
  const path = archiveFile()
  await run({ DATABASE_URL: `sqlite:${path}` }).ready()
  const second = run({ DATABASE_URL: `sqlite:${path}` })
  expect(await second.ended()).toBe(1)
  expect(second.output.stderr).toBe(
    `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.\n`,
  )
})
