// @ts-check
// Runs before everything else. It loads fast, so that signals are handled almost from the start. The kernel ends a
// process that does not handle them, or does not deliver them to the first process of a container.

const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
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

// From the second start on, no types are stripped and nothing is compiled twice, so that the compiler for types, which
// needs about 10 MB, is not loaded. If the folder cannot be written, each start is like the first.
enableCompileCache(join(__dirname, '../../node_modules/.cache/custos'))

/**
 * Sets what the first SIGTERM or SIGINT does from now on.
 * @param {(signal: string) => void} action
 */
exports.onStop = (action) => {
  stop = action
}
