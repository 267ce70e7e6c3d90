import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { OddFrame, OddFrameTarget } from './odd-frame.ts'

/** Interactions that lack a part, or have one of the wrong shape. Nobody waits for a response to them. */
export function oddInteractions({ guildId, botId }: OddFrameTarget): OddFrame[] {
  const whole = {
    id: '8',
    application_id: botId,
    type: 2,
    token: 'an-odd-interaction',
    version: 1,
    guild_id: guildId,
    channel: { id: '3', type: 0 },
    channel_id: '3',
    member: { user: { id: '2', username: 'somebody' }, roles: [], permissions: '128', flags: 0 },
    app_permissions: '0',
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 10_485_760,
    data: { id: '9', name: 'audit', type: 1, options: [{ name: 'recent', type: 1 }] },
  }
  const [user] = [whole.member.user]
  const odd: readonly (readonly [string, object])[] = [
    ...Object.keys(whole).map((key) => [`null for ${key}`, { ...whole, [key]: null }] as const),
    ...['data', 'member', 'entitlements', 'token', 'type', 'id'].map(
      (key) =>
        [`no ${key}`, Object.fromEntries(Object.entries(whole).filter(([each]) => each !== key))] as const,
    ),
    ['an unknown type', { ...whole, type: 99 }],
    ['a member without a user', { ...whole, member: { ...whole.member, user: null } }],
    ['a member with null flags', { ...whole, member: { ...whole.member, flags: null }, data: null }],
    ['a user without an id', { ...whole, member: { user: { username: 'nobody' }, permissions: null } }],
    ['an invalid id', { ...whole, id: 'now' }],
    ['data in a list', { ...whole, data: [] }],
    ['a command without a name', { ...whole, data: { id: '9', type: 1, name: null } }],
    ['a command of an unknown type', { ...whole, data: { ...whole.data, type: 12 } }],
    ['a component without a message', { ...whole, type: 3, message: null, data: null }],
    ['a component of an unknown type', { ...whole, type: 3, data: { custom_id: 'x', component_type: 77 } }],
    ['a modal without fields', { ...whole, type: 5, data: { custom_id: 'x', components: null } }],
    ['a modal without data', { ...whole, type: 5, data: null }],
    [
      'a modal with a label of null',
      { ...whole, type: 5, data: { custom_id: 'x', components: [{ type: 18, component: null }] } },
    ],
    [
      'a modal with a row of null',
      { ...whole, type: 5, data: { custom_id: 'x', components: [{ type: 1, components: [null] }, null] } },
    ],
    [
      'a modal on a message that is null',
      {
        ...whole,
        type: 5,
        message: null,
        data: { custom_id: 'x', components: [{ type: 18, component: { type: 4, custom_id: 5, value: {} } }] },
      },
    ],
    ['a ping', { id: '8', type: 1, token: 'ping', application_id: botId }],
    ['a user outside of any guild', { ...whole, guild_id: undefined, member: undefined, user }],
  ]
  return odd.map(([name, data]) => ({
    name: `${Event.InteractionCreate} with ${name}`,
    event: Event.InteractionCreate,
    data,
  }))
}
