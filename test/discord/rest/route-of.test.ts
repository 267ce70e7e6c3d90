import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { routeOf } from '../../../src/discord/rest/route-of.ts'

const [GUILD, OTHER] = ['800000000000000001', '800000000000000002']
const TOKEN = 'aW50ZXJhY3Rpb24:a.token-_'

test.each([
  [Routes.gateway(), '/gateway'],
  [Routes.gatewayBot(), '/gateway/bot'],
  [Routes.guild(GUILD), '/guilds/:guild'],
  [`${Routes.guildAuditLog(GUILD)}?limit=100&before=${OTHER}`, '/guilds/:guild/audit-logs'],
  [`${Routes.guildMembers(GUILD)}?limit=1000`, '/guilds/:guild/members'],
  [Routes.guildMember(GUILD, OTHER), '/guilds/:guild/members/:member'],
  [Routes.applicationCommands(GUILD), '/applications/:application/commands'],
  [
    Routes.guildApplicationCommandsPermissions(GUILD, OTHER),
    '/applications/:application/guilds/:guild/commands/permissions',
  ],
  [Routes.interactionCallback(GUILD, TOKEN), '/interactions/:interaction/:token/callback'],
  [Routes.webhook(GUILD, TOKEN), '/webhooks/:application/:token'],
  [Routes.webhookMessage(GUILD, TOKEN), '/webhooks/:application/:token/messages/@original'],
  [Routes.guildRoles(GUILD), '/guilds/:guild/roles'],
  [Routes.channel(GUILD), '/channels/:channel'],
  [`${Routes.channelMessages(GUILD)}?limit=100`, '/channels/:channel/messages'],
  [Routes.channelMessage(GUILD, OTHER), '/channels/:channel/messages/:message'],
  [Routes.userChannels(), '/users/@me/channels'],
  [Routes.guildBans(GUILD), 'other'],
  [Routes.webhookMessage(GUILD, TOKEN, OTHER), 'other'],
])('%s has a route without ids and tokens', (path, route) => {
  expect(routeOf(`https://discord.com/api/v10${path}`)).toBe(route)
  expect(routeOf(`http://127.0.0.1:8080/nirn/api/v10${path}`)).toBe(route)
})
