// Unless this is set before they are loaded, the components load default avatars from Discord's servers.

const DEFAULT_AVATAR = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#80848e"/></svg>',
)}`

declare global {
  var $discordMessage: { readonly avatars: Readonly<Record<string, string>> }
}

globalThis.$discordMessage = {
  avatars: {
    blue: DEFAULT_AVATAR,
    gray: DEFAULT_AVATAR,
    green: DEFAULT_AVATAR,
    orange: DEFAULT_AVATAR,
    red: DEFAULT_AVATAR,
    pink: DEFAULT_AVATAR,
    default: 'blue',
  },
}
