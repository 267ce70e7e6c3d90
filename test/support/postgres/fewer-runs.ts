import fc from 'fast-check'

/**
 * Properties run on SQLite a hundred times by default, and here fewer: they try the same code of ours, with statements that
 * the first few runs already use, and each of those is sent to another process.
 */
fc.configureGlobal({ numRuns: 20 })
