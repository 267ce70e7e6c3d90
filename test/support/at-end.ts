/**
 * Takes what ends a thing that a test began, and calls it when the test has finished. It is Vitest's `onTestFinished`:
 * tests that run side by side have one each, in their context, and cannot use the one of the module.
 */
export type AtEnd = (end: () => Promise<void>) => void
