import { expect, test } from 'vitest'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { invalidForm } from '../../support/sandbox/form-errors.ts'
import { listIn } from '../../support/sandbox/rest-client.ts'

/** The ids of the members that a query returns, in order. */
async function membersFor({ rest, town }: OpenDiscord, query: string): Promise<unknown[]> {
  const members = listIn(await rest.get(`/guilds/${town.guild.id}/members${query}`))
  return members.map(({ user }) => user)
}

test('a bot can request its own user', async () => {
  const { rest, town } = await openDiscord()
  expect((await rest.get('/users/@me')).body).toEqual({
    ...town.bot.user,
    mfa_enabled: true,
    locale: 'en-US',
    verified: true,
  })
})

test('a guild is returned with its roles; visible channels are a request of their own', async () => {
  const { rest, town } = await openDiscord()
  const { guild } = town
  expect((await rest.get(`/guilds/${guild.id}`)).body).toMatchObject({
    id: guild.id,
    name: 'The Reading Room',
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()],
  })
  expect((await rest.get(`/guilds/${guild.id}/roles`)).body).toEqual([...guild.roles.values()])
  expect((await rest.get(`/guilds/${guild.id}/channels`)).body).toEqual(
    [...guild.channels.values()].filter(({ id }) => id !== town.modRoom),
  )
})

test('a channel is returned by id', async () => {
  const { rest, town } = await openDiscord()
  const [general = ''] = town.channels
  expect((await rest.get(`/channels/${general}`)).body).toEqual(town.guild.channels.get(general))
})

test('every request about a guild without the bot answers Unknown Guild', async () => {
  const { rest, town } = await openDiscord()
  town.guild.members.delete(town.bot.id)
  const unknown = { status: 404, body: { message: 'Unknown Guild', code: 10004 } }
  for (const what of ['', '/channels', '/roles', '/members', `/members/${town.bot.id}`]) {
    expect(await rest.get(`/guilds/${town.guild.id}${what}`)).toMatchObject(unknown)
  }
})

test('a single member needs no privileged intent; a missing one is unknown', async () => {
  const { rest, town } = await openDiscord()
  const [marble] = town.members
  const path = `/guilds/${town.guild.id}/members`
  expect((await rest.get(`${path}/${marble?.id}`)).body).toEqual(town.guild.members.get(marble?.id ?? ''))
  expect(await rest.get(`${path}/111111111111111111`)).toMatchObject({
    status: 404,
    body: { message: 'Unknown Member', code: 10007 },
  })
})

test('the member list is forbidden without the members intent', async () => {
  const { rest, town } = await openDiscord()
  expect(await rest.get(`/guilds/${town.guild.id}/members?limit=10`)).toMatchObject({
    status: 403,
    body: { message: 'Missing Access', code: 50001 },
  })
})

test('the member list is sorted by id, starts after the given id, and has one member by default', async () => {
  const here = await openDiscord()
  const { town } = here
  town.bot.membersIntent = true
  const users = [...town.guild.members.values()].map(({ user }) => user)
  const sorted = users.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  expect(await membersFor(here, '')).toEqual(sorted.slice(0, 1))
  expect(await membersFor(here, '?limit=1000')).toEqual(sorted)
  expect(await membersFor(here, `?limit=3&after=${sorted[4]?.id}`)).toEqual(sorted.slice(5, 8))
})

test.each([
  ['limit', '0', 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.'],
  ['limit', '1001', 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 1000.'],
  ['after', 'marble', 'NUMBER_TYPE_COERCE', 'Value "marble" is not snowflake.'],
])('members?%s=%s is rejected', async (key, value, code, message) => {
  const { rest, town } = await openDiscord()
  town.bot.membersIntent = true
  expect(await rest.get(`/guilds/${town.guild.id}/members?${key}=${value}`)).toMatchObject({
    status: 400,
    body: invalidForm(key, [code, message]),
  })
})

test('unknown paths answer 404', async () => {
  const { rest } = await openDiscord()
  expect(await rest.get('/nothing')).toMatchObject({
    status: 404,
    body: { message: '404: Not Found', code: 0 },
  })
})

test('role member counts need no intent and leave out @everyone', async () => {
  const { rest, town } = await openDiscord()
  const { guild, roles } = town
  const holders = [...guild.members.values()].filter((member) => member.roles.includes(roles.moderator.id))
  const { status, body } = await rest.get(`/guilds/${guild.id}/roles/member-counts`)
  expect([status, body]).toEqual([200, expect.objectContaining({ [roles.moderator.id]: holders.length })])
  expect(body).not.toHaveProperty(guild.id)
})
