import { expect, test } from 'vitest'
import { missingAccess } from '../../../sandbox/rest/errors.ts'
import {
  always,
  apiErrorFault,
  CLOUDFLARE_JSON,
  cloudflareFault,
  MESSAGES,
  onFirstRequest,
  onlyFor,
  rateLimitFault,
} from '../../../sandbox/rest/faults.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { saying } from '../../support/sandbox/manual-bot.ts'

const ME = /^\/users\/@me$/

async function readLogWith(fault: Parameters<typeof always>[1]) {
  const { discord } = await openDiscord()
  discord.fault = always(ME, fault)
  const response = await fetch(`${discord.api}/v10/users/@me`)
  const text = await response.text()
  return { status: response.status, headers: Object.fromEntries(response.headers), text }
}

test('responses from Discord have the Via header', async () => {
  const { rest } = await openDiscord()
  for (const path of ['/users/@me', '/nowhere'])
    expect((await rest.get(path)).headers.get('via')).toBe('1.1 google')
})

test('an error from Discord is JSON', async () => {
  const { status, headers, text } = await readLogWith(apiErrorFault(missingAccess()))
  expect(status).toBe(403)
  expect(headers).toMatchObject({ 'content-type': 'application/json', via: '1.1 google' })
  expect(JSON.parse(text)).toEqual({ message: 'Missing Access', code: 50001 })
})

test.each([403, 429, 502] as const)(
  'Cloudflare’s %i is a page, and comes from Cloudflare alone',
  async (status) => {
    const answer = await readLogWith(cloudflareFault(status, 1015, status === 429 ? 600 : undefined))
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('error code: 1015')
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' })
    expect(answer.headers['retry-after']).toBe(status === 429 ? '600' : undefined)
    expect(
      Object.keys(answer.headers).filter((name) => name === 'via' || name.startsWith('x-ratelimit')),
    ).toEqual([])
  },
)

test('Cloudflare answers in JSON too', async () => {
  const { status, headers, text } = await readLogWith(CLOUDFLARE_JSON)
  expect([status, headers['content-type'], JSON.parse(text).code]).toEqual([403, 'application/json', 40333])
  expect(headers).not.toHaveProperty('via')
})

test.each(['user', 'shared', 'global'] as const)(
  'a rate limit with scope %s has the time to wait',
  async (scope) => {
    const { status, headers, text } = await readLogWith(rateLimitFault(scope, 64.57))
    const isGlobal = scope === 'global'
    expect(status).toBe(429)
    expect(JSON.parse(text)).toEqual({
      message: 'You are being rate limited.',
      retry_after: 64.57,
      global: isGlobal,
    })
    expect(headers).toMatchObject({ 'retry-after': '65', 'x-ratelimit-scope': scope })
    expect(headers['x-ratelimit-global']).toBe(isGlobal ? 'true' : undefined)
    expect(headers['x-ratelimit-reset-after']).toBe(isGlobal ? undefined : '64.57')
  },
)

test('a fault can be limited to the first request', async () => {
  const { discord, rest } = await openDiscord()
  discord.fault = onFirstRequest(ME, { status: 503 })
  expect((await rest.get('/gateway/bot')).status).toBe(200)
  expect([(await rest.get('/users/@me')).status, (await rest.get('/users/@me')).status]).toEqual([503, 200])
})

test.each([true, false])(
  'a connection can break, with the request carried out or not: %s',
  async (isDone) => {
    const { discord, rest, town } = await openDiscord()
    const path = `/channels/${town.channels[0]}/messages`
    discord.fault = onlyFor('POST', always(MESSAGES, { lost: 'connection', isDone }))
    await expect(rest.post(path, saying('Hi'))).rejects.toThrow('fetch failed')
    expect(discord.conversation.messages.size).toBe(isDone ? 1 : 0)
    expect((await rest.get(path)).status).toBe(200)
  },
)

test('a request can be carried out without a response', async () => {
  const { discord, town } = await openDiscord()
  discord.fault = always(MESSAGES, { lost: 'silence', isDone: true })
  const giveUp = new AbortController()
  discord.conversation.onChange = () => giveUp.abort()
  const response = fetch(`${discord.api}/v10/channels/${town.channels[0]}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(saying('Hi')),
    signal: giveUp.signal,
  })
  await expect(response).rejects.toThrow('aborted')
  expect(discord.conversation.messages.size).toBe(1)
})
