/**
 * JavaScript, because a thread that loads TypeScript first spends 50 ms on loading the compiler that strips the types.
 *
 * @import { MessagePort } from 'node:worker_threads'
 * @import { WorkerRequest, WorkerResponse } from './worker-client.ts'
 */

/**
 * Runs the jobs that a `WorkerClient` sends to this thread, until it closes.
 * @template Job, Result
 * @param {MessagePort} port
 * @param {(job: Job) => Result} run
 * @param {object} [options]
 * @param {() => void} [options.onClose] called when no more jobs will come
 */
export function serveJobs(port, run, { onClose = () => {} } = {}) {
  /** @type {(id: number, job: Job) => WorkerResponse<Result>} */
  const respond = (id, job) => {
    try {
      return { type: 'done', id, result: run(job) }
    } catch (error) {
      return { type: 'failed', id, message: error instanceof Error ? error.message : String(error) }
    }
  }

  port.on('message', (/** @type {readonly WorkerRequest<Job>[]} */ requests) => {
    const responses = requests.flatMap((request) =>
      request.type === 'run' ? [respond(request.id, request.job)] : [],
    )
    if (responses.length > 0) port.postMessage(responses)
    if (requests.some(({ type }) => type === 'close')) {
      onClose()
      port.close()
    }
  })
}
