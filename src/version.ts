import packageJson from '../package.json' with { type: 'json' }

/** The version of Custos. */
export const VERSION = packageJson.version
