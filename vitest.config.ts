import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { hasPostgres } from './test/support/postgres/has-postgres.ts'

/** The tests that need a bot, a browser or another process: all of some folders, and those that start a process. */
const END_TO_END = [
  'test/{e2e,gallery,model,page,process,soak}/**/*.test.ts',
  ...globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter((path) =>
    /'node:child_process'|small-disk/.test(readFileSync(join(import.meta.dirname, path), 'utf8')),
  ),
]

/** What runs on PostgreSQL, whose server is another process: what concerns an archive runs on both databases. */
const ON_POSTGRES = [
  'test/archive/move/**/*.test.ts',
  'test/archive/*.test.ts',
  'test/archive/{activity,names,postgres}/**/*.test.ts',
  'test/support/postgres/*.test.ts',
]

// The workers, and the processes that tests start, then load their modules in half the time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node')

/**
 * `--mode unit` leaves the end-to-end tests out, `--mode e2e` runs nothing else. `--project sqlite` and
 * `--project postgres` run the tests of one database.
 */
export default defineConfig(({ mode }) => ({
  test: {
    // No module has state, so that the files of a worker can share what they load.
    isolate: false,
    // Tests wait for threads, sockets and processes, end-to-end tests more so, which leaves room for more workers.
    maxWorkers: Math.ceil(availableParallelism() * (mode === 'unit' ? 1.5 : 2)),
    // How many concurrent tests of one file run at a time. Most of them wait.
    maxConcurrency: 10,
    // On a slow machine, ten concurrent tests take as long as all of them together.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Charts have their own fonts only, on the thread of a test too.
    env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: mode === 'e2e' ? END_TO_END : ['test/**/*.test.ts'],
          exclude: ['test/**/postgres/**', ...(mode === 'unit' ? END_TO_END : [])],
        },
      },
      ...(mode === 'unit' || !hasPostgres()
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: ON_POSTGRES,
                globalSetup: 'test/support/postgres/global-setup.ts',
              },
            },
          ]),
    ],
  },
}))
