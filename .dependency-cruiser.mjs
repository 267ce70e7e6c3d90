/** Which rooms a room imports from besides itself. `src/main.ts`, `src/start.ts` and `src/process/` wire them together. */
const ROOMS = {
  'src/core': [],
  'src/worker': [],
  'src/server': ['src/core'],
  'src/view': ['src/core'],
  'src/sync': ['src/core'],
  'src/sharding': ['src/core'],
  'src/watch': ['src/core', 'src/view'],
  'src/chart': ['src/core', 'src/worker'],
  'src/archive': ['src/core', 'src/worker'],
  'src/command': ['src/core', 'src/view'],
  'src/discord': ['src/core', 'src/sync', 'src/command'],
  commands: ['src/core', 'src/view', 'src/command'],
  // It must not share the bot's mistakes. The demo's bot alone starts Custos.
  sandbox: ['sandbox/demo/custos.ts'],
}

/** Which places alone import a package. */
const PACKAGES = {
  'discord\\.js|@discordjs': ['src/discord', 'src/main.ts', 'test', 'sandbox/browser'],
  'pino|pino-pretty|dotenv': ['src/process', 'test'],
  'kysely|node:sqlite|pg': ['src/archive', 'test'],
  'prom-client': ['src/server', 'test'],
}

const inside = (folders) => folders.map((folder) => `^${folder}(/|$)`)

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(ROOMS).map(([room, others]) => ({
      name: `${room} → ${others.join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: inside([room]), pathNot: room === 'sandbox' ? '^sandbox/demo/custos\\.ts$' : undefined },
      to: { path: '^(src|commands|sandbox|test)/', pathNot: inside([room, ...others]) },
    })),
    ...Object.entries(PACKAGES).map(([packages, places]) => ({
      name: `${packages} only in ${places.join(', ')}`,
      severity: 'error',
      from: { pathNot: inside(places) },
      to: { path: `(^|node_modules/)(${packages})(/|$)` },
    })),
    {
      name: 'core-and-view-are-pure',
      severity: 'error',
      from: { path: inside(['src/core', 'src/view']) },
      to: { dependencyTypes: ['core'] },
    },
    {
      // With it, Node loads its own undici beside that of discord.js, whose uploads then hang.
      name: 'no-second-undici',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: '^(node:)?https?$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-migration-is-frozen',
      severity: 'error',
      from: { path: '^src/archive/[a-z]+/migrations/' },
      to: { path: '^src/', pathNot: '^src/archive/[a-z]+/migrations/' },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, parser: 'swc' },
}
