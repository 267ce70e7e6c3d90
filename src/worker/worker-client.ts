import { Worker, type WorkerOptions } from 'node:worker_threads'

/** What a client sends to its thread, several in a message. */
export type WorkerRequest<Job> =
  | { readonly type: 'run'; readonly id: number; readonly job: Job }
  | { readonly type: 'close' }

/** What a thread sends back, for all requests of a message: the result of the job with that id, or why it failed. */
export type WorkerResponse<Result> =
  | { readonly type: 'done'; readonly id: number; readonly result: Result }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }

interface PendingJob<Result> {
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
}

/**
 * Runs jobs on a thread of its own, in the order they are sent. The thread answers them with `serveJobs`. Waking it with a
 * message takes longer than a short job, so the jobs of one tick are sent together.
 */
export class WorkerClient<Job, Result> {
  /** Resolves when the thread has ended. */
  readonly ended: Promise<void>
  readonly #worker: Worker
  readonly #describeEnd: (cause: Error | undefined) => Error
  readonly #pending = new Map<number, PendingJob<Result>>()
  #outbox: WorkerRequest<Job>[] = []
  #lastId = 0
  #failure: Error | undefined

  /**
   * @param describeEnd makes the error that jobs get once the thread has ended; its cause is undefined when the thread
   * ended without an error
   */
  constructor(file: URL, options: WorkerOptions, describeEnd: (cause: Error | undefined) => Error) {
    this.#describeEnd = describeEnd
    this.#worker = new Worker(file, { execArgv: [], ...options })
    this.#worker.on('message', (responses: readonly WorkerResponse<Result>[]) => {
      for (const response of responses) this.#settle(response)
    })
    // A thread that throws or runs out of memory emits `error`, and `exit` after it.
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    const ended = Promise.withResolvers<void>()
    this.#worker.once('exit', () => {
      this.#fail(undefined)
      ended.resolve()
    })
    this.ended = ended.promise
  }

  /** Whether the thread can still run jobs. */
  get isAlive(): boolean {
    return this.#failure === undefined
  }

  /** @throws Error when the job fails, or the thread ends before it is done */
  run(job: Job): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure)
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const id = ++this.#lastId
    this.#pending.set(id, { resolve, reject })
    this.#send({ type: 'run', id, job })
    return promise
  }

  /** Ends the thread once it has run the jobs that were sent before. */
  close(): void {
    this.#send({ type: 'close' })
  }

  /** Ends the thread as soon as it runs JavaScript again. Jobs that are not done are rejected at once. */
  terminate(): void {
    this.#fail(undefined)
    void this.#worker.terminate()
  }

  #send(request: WorkerRequest<Job>): void {
    if (this.#outbox.length === 0) setImmediate(() => this.#flush())
    this.#outbox.push(request)
  }

  #flush(): void {
    this.#worker.postMessage(this.#outbox)
    this.#outbox = []
  }

  #settle(response: WorkerResponse<Result>): void {
    const job = this.#pending.get(response.id)
    this.#pending.delete(response.id)
    if (response.type === 'done') job?.resolve(response.result)
    else job?.reject(new Error(response.message))
  }

  #fail(cause: Error | undefined): void {
    this.#failure ??= this.#describeEnd(cause)
    for (const { reject } of this.#pending.values()) reject(this.#failure)
    this.#pending.clear()
  }
}
