import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // No module keeps state, so the files of a worker can share what they load.
    isolate: false,
    // Many tests wait on a socket or a process, which leaves room for one more.
    maxWorkers: '150%',
    include: ['test/**/*.test.ts'],
    // Those that run side by side in one file mostly wait.
    maxConcurrency: 10,
    // On a slow machine, ten at once take as long as all of them together.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
