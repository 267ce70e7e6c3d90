/** The routes that Custos requests, with names in place of ids and tokens. */
const ROUTES = [
  '/gateway',
  '/gateway/bot',
  '/guilds/:guild',
  '/guilds/:guild/audit-logs',
  '/guilds/:guild/members',
  '/guilds/:guild/members/:member',
  '/guilds/:guild/roles',
  '/channels/:channel',
  '/channels/:channel/messages',
  '/channels/:channel/messages/:message',
  '/users/@me/channels',
  '/applications/:application/commands',
  '/applications/:application/guilds/:guild/commands/permissions',
  '/interactions/:interaction/:token/callback',
  '/webhooks/:application/:token',
  '/webhooks/:application/:token/messages/@original',
] as const

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`/v\\d+${route.replaceAll(/:\w+/g, '[^/?]+')}(?:\\?|$)`),
}))

/** The route of a URL; `other` if Custos does not request it, so that there are few. */
export function routeOf(url: string): string {
  return PATTERNS.find(({ pattern }) => pattern.test(url))?.route ?? 'other'
}
