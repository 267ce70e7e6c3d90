/**
 * JavaScript, because a thread that loads TypeScript first spends 50 ms on loading the compiler that strips the types.
 *
 * @import { MessagePort, Transferable } from 'node:worker_threads'
 * @import { WorkerRequest, WorkerResponse } from './worker-client.ts'
 */

/**
 * Runs the jobs that a `WorkerClient` sends to this thread, until it closes.
 * @template Job, Result
 * @param {MessagePort} port
 * @param {(job: Job) => Result} run
 * @param {object} [options]
 * @param {() => void} [options.onClose] called when no more jobs will come
 * @param {(result: Result) => Transferable[]} [options.transfer] what of a result is moved to the client, not copied
 */
export function serveJobs(port, run, { onClose = () => {}, transfer = () => [] } = {}) {
  /** @type {(response: WorkerResponse<Result>, moved?: Transferable[]) => void} */
  const send = (response, moved = []) => port.postMessage(response, moved)

  port.on('message', (/** @type {WorkerRequest<Job>} */ request) => {
    if (request.type === 'close') {
      onClose()
      port.close()
      return
    }
    const { id, job } = request
    try {
      const result = run(job)
      send({ type: 'done', id, result }, transfer(result))
    } catch (error) {
      send({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  })
}
