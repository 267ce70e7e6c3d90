import { globSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { hasPostgres } from './test/support/postgres/has-postgres.ts'
import { roomyMemory } from './test/support/roomy-memory.ts'

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
  'test/archive/{activity,names,watch}/**/*.test.ts',
  'test/**/postgres/**/*.test.ts',
  'test/e2e/answers/agreement.test.ts',
  'test/e2e/commands/deletes.test.ts',
  'test/watch/watcher.test.ts',
  'test/e2e/commands/custos/{forget-everything,settings}.test.ts',
  'test/e2e/sync/backfill.test.ts',
]

/** The files that take longest, longest first. A machine that never ran them would begin with the largest. */
const LONGEST = [
  'test/e2e/postgres/many-processes.test.ts',
  'test/page/page.test.ts',
  'test/soak/processes/postgres/soak.test.ts',
  'test/archive/postgres/two-processes.test.ts',
  'test/soak/postgres/soak.test.ts',
  'test/chart/painter.test.ts',
  'test/e2e/robustness/odd-values.test.ts',
  'test/soak/soak.test.ts',
  'test/e2e/process/process-stop.test.ts',
  'test/e2e/answers/agreement.test.ts',
  'test/archive/departures.test.ts',
  'test/archive/sqlite/erase/vacuum.test.ts',
  'test/e2e/process/process.test.ts',
  'test/e2e/process/backup-killed.test.ts',
  'test/model/model.test.ts',
].map((path) => join(import.meta.dirname, path))

/** Begins what takes longest first in each project, so that nobody waits for it in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.includes(moduleId)
    const projects = Map.groupBy(sorted, ({ project }) => project)
    return [...projects.values()].flatMap((ofProject) => [
      ...LONGEST.flatMap((path) => ofProject.filter(({ moduleId }) => moduleId === path)),
      ...ofProject.filter((each) => !isLong(each)),
    ])
  }
}

const COMPILE_CACHE = join(import.meta.dirname, 'node_modules/.cache/node')

// Every run adds its test files, since Vitest imports them under new names. The rest is compiled anew in seconds.
if (globSync('**', { cwd: COMPILE_CACHE }).length > 10_000)
  rmSync(COMPILE_CACHE, { recursive: true, force: true })

// The workers, and the processes that tests start, then load their modules in half the time.
process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE

// Archives, and the databases of PostgreSQL, are written and removed there in half the time.
const memory = roomyMemory()
if (memory !== undefined) process.env.TMPDIR ??= memory

/**
 * `--mode unit` leaves the end-to-end tests out, `--mode e2e` runs nothing else. `--project sqlite` and
 * `--project postgres` run the tests of one database.
 */
export default defineConfig(({ mode }) => ({
  test: {
    sequence: { sequencer: LongestFirst },
    // No module has state, so that the files of a worker can share what they load.
    isolate: false,
    // Node runs our modules as it does in production, and a third faster than Vite's runner does. No test mocks a module.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Tests wait for threads, sockets and processes, which leaves room for more workers than processors. Each of them
    // loads and compiles what the others have, too.
    maxWorkers: Math.ceil(availableParallelism() * 2),
    // How many concurrent tests of one file run at a time. Most of them wait.
    maxConcurrency: 10,
    // On a slow machine, ten concurrent tests take as long as all of them together.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
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
                setupFiles: 'test/support/postgres/fewer-runs.ts',
              },
            },
          ]),
    ],
  },
}))
