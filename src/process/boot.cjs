// @ts-check
// Runs before everything else. It loads fast, so that signals are handled almost from the start. The kernel ends a
// process that does not handle them, or does not deliver them to the first process of a container.

require('./check-node.cjs')

/** @type {(signal: string) => void} Handles a signal. Until something is open, it ends the process. */
let stop = () => process.exit(0)
let stopping = false

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    // Only the first signal counts: npm forwards a Ctrl-C that this process has received, too.
    if (stopping) return
    stopping = true
    stop(signal)
  })
}

/**
 * Sets what the first SIGTERM or SIGINT does from now on.
 * @param {(signal: string) => void} action
 */
exports.onStop = (action) => {
  stop = action
}
