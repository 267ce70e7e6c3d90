// @ts-check
// What runs before everything else. It loads in a moment, so that signals are heard almost from the beginning: the
// kernel ends a process that does not hear them, or, if it is the first of a container, keeps them from it.

require('./check-node.cjs')

/** @type {(signal: string) => void} What a signal does. Until something is open, it ends the process. */
let stop = () => process.exit(0)
let stopping = false

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    // Only the first counts: npm passes on the Ctrl-C that Custos has heard already.
    if (stopping) return
    stopping = true
    stop(signal)
  })
}

/**
 * Says what the first SIGTERM or SIGINT does from now on.
 * @param {(signal: string) => void} action
 */
exports.onStop = (action) => {
  stop = action
}
