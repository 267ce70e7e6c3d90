/** Runs tasks one after the other, in the order in which they were added. A task that fails does not stop the next. */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** Resolves to the result of a task, or rejects with its error. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => {})
    return result
  }
}
