import { DiscordAPIError, RateLimitError } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { describeError, withoutSecrets } from '../../src/process/redact.ts'

const TOKEN = 'MTE.token+of.$&bot'

describe('a log line', () => {
  test.each([
    [
      'shows no token of the bot',
      `{"a":"Bot ${TOKEN}","b":"${TOKEN}"}`,
      '{"a":"Bot [secret]","b":"[secret]"}',
    ],
    [
      'shows no token of an interaction in a follow-up URL',
      'PATCH https://discord.com/api/v10/webhooks/123/aW50ZXI6_-x/messages/@original failed',
      'PATCH https://discord.com/api/v10/webhooks/123/[token]/messages/@original failed',
    ],
    [
      'shows no token of an interaction in a callback URL',
      '{"url":"https://discord.com/api/v10/interactions/123/aW50ZXI6/callback?with_response=false"}',
      '{"url":"https://discord.com/api/v10/interactions/123/[token]/callback?with_response=false"}',
    ],
    [
      'shows none of several tokens',
      '{"url":"/webhooks/1/one","stack":"at /webhooks/2/two?wait=true"}',
      '{"url":"/webhooks/1/[token]","stack":"at /webhooks/2/[token]?wait=true"}',
    ],
    [
      'is otherwise unchanged',
      '{"guild":"123","msg":"/guilds/1/webhooks"}',
      '{"guild":"123","msg":"/guilds/1/webhooks"}',
    ],
  ])('%s', (_, line, shown) => {
    expect(withoutSecrets(line, [TOKEN])).toBe(shown)
  })
})

describe('an error in the log', () => {
  test('has what Discord answered, not what was sent to it', () => {
    const error = new DiscordAPIError(
      { code: 50035, message: 'Invalid Form Body' },
      50035,
      400,
      'POST',
      'https://discord.com/api/v10/webhooks/1/2',
      { body: { content: 'a member’s words' }, files: undefined },
    )
    expect(describeError(error)).toEqual({
      type: 'DiscordAPIError[50035]',
      message: 'Invalid Form Body',
      stack: error.stack,
      code: 50035,
      status: 400,
      method: 'POST',
      url: 'https://discord.com/api/v10/webhooks/1/2',
    })
  })

  test('shows no token of an interaction whose reply was rate limited', () => {
    const path = '/webhooks/900000000000000000/aW50ZXI6_-x'
    const error = new RateLimitError({
      global: false,
      hash: 'abcd',
      limit: 5,
      majorParameter: '900000000000000000/aW50ZXI6_-x',
      method: 'POST',
      retryAfter: 60_000,
      route: '/webhooks/:id/:token',
      scope: 'user',
      sublimitTimeout: 0,
      timeToReset: 60_000,
      url: `https://discord.com/api/v10${path}`,
    })
    const line = withoutSecrets(JSON.stringify(describeError(error)), [TOKEN])
    expect(line).toContain('/webhooks/900000000000000000/[token]')
    expect(line).not.toContain('aW50ZXI6')
  })

  test('has its cause', () => {
    const cause = Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED', address: '127.0.0.1' })
    const error = new Error('Discord could not be reached.', { cause })
    expect(describeError(error)).toEqual({
      type: 'Error',
      message: 'Discord could not be reached.',
      stack: error.stack,
      cause: { type: 'TypeError', message: 'fetch failed', stack: cause.stack, code: 'ECONNREFUSED' },
    })
  })

  test.each([
    ['out of order', 'out of order'],
    [undefined, 'undefined'],
    [404, '404'],
  ])('that is not an Error, such as %j, is converted to text', (thrown, message) => {
    expect(describeError(thrown)).toEqual({ message })
  })
})
