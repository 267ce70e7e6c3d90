/**
 * Registers a function that cleans up after a test: Vitest's `onTestFinished`. Each concurrent test has its own in its
 * context, and must not use the one of the module.
 */
export type AtEnd = (end: () => Promise<void>) => void
