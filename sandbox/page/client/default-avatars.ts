// The components show pictures from Discord's own servers for those who have none, unless this was set before they
// are loaded: here nothing comes from a network.

const NOBODY = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#80848e"/></svg>',
)}`

declare global {
  var $discordMessage: { readonly avatars: Readonly<Record<string, string>> }
}

globalThis.$discordMessage = {
  avatars: {
    blue: NOBODY,
    gray: NOBODY,
    green: NOBODY,
    orange: NOBODY,
    red: NOBODY,
    pink: NOBODY,
    default: 'blue',
  },
}
