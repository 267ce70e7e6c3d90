import { DatabaseSync } from 'node:sqlite'
import { InteractionType as Type } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { ApiError, alreadyAcknowledged, unknown } from '../../sandbox/rest/errors.ts'
import { always, apiErrorFault, onFirstRequest } from '../../sandbox/rest/faults.ts'
import type { JsonObject } from '../../sandbox/world/json.ts'
import { archiveFile } from '../support/archive-file.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { textOf } from '../support/read.ts'

const READ = 'The audit log is read.'
const OVER = 'An interaction could no longer be answered.'
const UNKNOWN = 'I do not know this command any more. Wait a minute for Discord to show the new ones.'

const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/
const CALLBACK = /^\/interactions\//
const WEBHOOK = /^\/webhooks\//

/** What was logged that somebody should look at. */
function complaints({ log }: OpenCustos): string[] {
  return log.lines.filter(({ level }) => level === 'error' || level === 'warn').map(({ message }) => message)
}

test.each([
  ['too late', unknown.interaction()],
  ['answered already', alreadyAcknowledged()],
])('an interaction that is %s is no incident, and gets no second word', async (_, error) => {
  const here = await openCustos({ days: 1 })
  const { discord, log, moderator } = here
  await log.heard(READ)
  const replies: string[] = []
  discord.fault = (method, path) => {
    if (!CALLBACK.test(path) && !WEBHOOK.test(path)) return undefined
    replies.push(method)
    return apiErrorFault(error)
  }
  moderator.send('audit recent')
  await log.heard(OVER)
  expect(replies).toEqual(['POST'])
  expect(complaints(here)).toEqual([])
})

test.each(['audit recent', 'audit status'])(
  '/%s is answered though Discord took the first word and then failed',
  async (command) => {
    const here = await openCustos({ days: 1 })
    const { discord, log, moderator } = here
    await log.heard(READ)
    discord.fault = onFirstRequest(CALLBACK, { status: 502, isDone: true })
    const { message } = await moderator.command(command)
    expect(textOf(message)).not.toContain('went wrong')
    discord.fault = onFirstRequest(WEBHOOK, { status: 502, isDone: true })
    await moderator.command(command)
    expect(complaints(here)).toEqual([])
  },
)

test('an answer goes out though Discord fails three times', async () => {
  const here = await openCustos({ days: 1 })
  const { discord, log, moderator } = here
  await log.heard(READ)
  let failures = 0
  discord.fault = (_, path) => (WEBHOOK.test(path) && ++failures <= 3 ? { status: 503 } : undefined)
  await moderator.command('audit recent')
  expect(failures).toBe(4)
  expect(complaints(here)).toEqual([])
})

test.each([
  ['the token has run out', new ApiError(401, 50027, 'Invalid Webhook Token')],
  ['the message was deleted', unknown.message()],
  ['Discord has forgotten it', unknown.webhook()],
])('an answer that comes when %s is no incident', async (_, error) => {
  const here = await openCustos({ days: 1 })
  const { discord, log, moderator } = here
  await log.heard(READ)
  discord.fault = always(WEBHOOK, apiErrorFault(error))
  moderator.send('audit recent')
  await log.heard(OVER)
  expect(complaints(here)).toEqual([])
})

test('a refusal reaches the asker though somebody has deleted the message that an answer was to come in', async () => {
  const here = await openCustos({
    prepare: (town) => {
      town.discord.fault = always(AUDIT_LOG, { status: 503 })
    },
  })
  const { discord, moderator } = here
  discord.fault = (method, path) => {
    if (AUDIT_LOG.test(path)) return { status: 503 }
    return method === 'DELETE' ? apiErrorFault(unknown.message()) : undefined
  }
  const seen = moderator.send('audit recent', { public: true })
  await seen.until((outcomes) => outcomes.some(({ type }) => type === 'shown'))
  expect(textOf(seen.message)).toContain('Discord could not be read')
})

test('autocomplete that fails offers nothing, and is logged under an id of its own', async () => {
  const archivePath = archiveFile()
  const { moderator, log } = await openCustos({ days: 1, archivePath })
  await log.heard(READ)
  const spoiler = new DatabaseSync(archivePath)
  spoiler.exec('DROP TABLE name')
  spoiler.close()
  expect(await moderator.autocomplete('audit recent', 'on', 'mar')).toEqual([])
  expect(log.lines.filter(({ message }) => message === 'Autocomplete failed.')).toEqual([
    {
      level: 'error',
      message: 'Autocomplete failed.',
      facts: {
        incident: expect.stringMatching(/^[0-9a-f]{8}$/),
        guild: expect.any(String),
        interaction: expect.any(String),
        err: expect.any(Error),
      },
    },
  ])
})

test('a command, a menu and an option that are gone get a sentence or an empty list, and are no incident', async () => {
  const here = await openCustos({ days: 1 })
  const { moderator, town } = here
  await here.log.heard(READ)
  const commands = [...town.bot.commands]
  // Discord still shows what an earlier version registered.
  for (const [id, command] of commands) {
    const name = command.name === 'audit' ? 'auditor' : `${command.name}s`
    town.bot.commands.set(id, { ...command, name })
  }
  expect(textOf((await moderator.command('auditor recent')).message)).toBe(UNKNOWN)
  expect(await moderator.autocomplete('auditor recent', 'on', 'mar')).toEqual([])
  const member = town.members[0]?.id ?? ''
  expect(textOf((await moderator.userMenu('Audit: actions bys', member)).message)).toBe(UNKNOWN)
  for (const [id, command] of commands) {
    const options = command.options?.map((option) => ({ ...option, name: `${option.name}-old` }))
    town.bot.commands.set(id, { ...command, ...(options && { options }) })
  }
  expect(textOf((await moderator.command('audit recent-old')).message)).toBe(UNKNOWN)
  expect(await moderator.autocomplete('audit recent-old', 'on', 'mar')).toEqual([])
  expect(complaints(here)).toEqual([])
})

test('data of odd shapes gets a sentence or an empty list, and is no incident', async () => {
  const here = await openCustos({ days: 1 })
  const { moderator, town } = here
  await here.log.heard(READ)
  const { message } = await moderator.command('audit recent', { public: true })
  const id = [...town.bot.commands.values()].find(({ name }) => name === 'audit')?.id ?? ''
  const me = moderator.userId
  const [, list] = /entry:\d+:(\d+)/.exec(JSON.stringify(message)) ?? []
  const said = async (type: Type, data: JsonObject) =>
    textOf((await moderator.sendOdd(type, data, message).answered()).message)

  for (const target_id of ['abc', '', null, 5, {}, undefined, '-1', '9'.repeat(40)]) {
    const menu = (name: string, type: number) =>
      said(Type.ApplicationCommand, { id, name, type, target_id, resolved: {} })
    const untold = (what: string) => `Discord did not say which ${what} this is about. Try again.`
    expect(await menu('Audit: actions by', 2)).toBe(untold('user'))
    expect(await menu('Audit: actions on', 2)).toBe(untold('user'))
    expect(await menu('Audit: deletes since this', 3)).toBe(untold('message'))
    expect(await menu('Audit: deletes since this', 2)).toBe(UNKNOWN)
  }
  for (const custom_id of [null, 5, undefined, '', ':', '::::', '\u0000', 'x'.repeat(5000)]) {
    expect(await said(Type.MessageComponent, { component_type: 2, custom_id })).toMatch(
      /^I do not know this button/,
    )
  }
  for (const values of [[], [''], [null], ['x'.repeat(100_000)], undefined]) {
    for (const does of ['entry', 'history']) {
      const data = { component_type: 3, custom_id: `${does}:${me}:${list}`, values }
      expect(await said(Type.MessageComponent, data)).toBe('Discord did not say what was chosen. Try again.')
    }
  }
  expect(await said(Type.ApplicationCommand, { id, name: 'audit', type: 1, options: [] })).toBe(UNKNOWN)
  expect(await said(Type.ApplicationCommand, { id, name: 'audit', type: 4 })).toBe(UNKNOWN)
  expect(await said(Type.ModalSubmit, { custom_id: 'x', components: [] })).toBe(UNKNOWN)
  for (const options of [
    [],
    [{ type: 1, name: 'recent' }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'on', value: 'x' }] }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'constructor', value: 'x', focused: true }] }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'on', value: {}, focused: true }] }],
  ]) {
    const typing = moderator.sendOdd(Type.ApplicationCommandAutocomplete, {
      id,
      name: 'audit',
      type: 1,
      options,
    })
    expect(await typing.choices()).toEqual([])
  }
  expect(complaints(here)).toEqual([])
})

test('what is typed after the stop began is offered nothing, and the archive is not asked', async () => {
  const here = await openCustos({ days: 1, archivePath: archiveFile() })
  const { discord, log, moderator } = here
  await log.heard(READ)
  // The stop waits for this answer, so that the gateway stays open for what comes after.
  const underWay = Promise.withResolvers<void>()
  discord.fault = (_, path) => {
    if (!WEBHOOK.test(path)) return undefined
    underWay.resolve()
    return 'silence'
  }
  moderator.send('audit recent')
  await underWay.promise
  const stopped = here.stopBot()
  expect(await moderator.autocomplete('audit recent', 'action', 'ban')).toEqual([])
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toBe('Custos is restarting. Ask again in a moment.')
  await stopped
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
