import { parentPort } from 'node:worker_threads'
import { serveJobs } from '../../src/worker/serve-jobs.js'

// Returns each job, throws for `throw`, and ends the thread for `exit`.
if (parentPort) {
  serveJobs(parentPort, (/** @type {string} */ job) => {
    if (job === 'throw') throw new Error('The job failed.')
    if (job === 'exit') process.exit()
    return job
  })
}
