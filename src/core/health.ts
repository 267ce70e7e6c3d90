/** What can be wrong. */
type Check = 'archive' | 'writes' | 'gateway' | 'events' | 'lease'

/** What matters to a process that waits for shards. It is not connected to Discord, and writes nothing. */
const STANDBY: readonly Check[] = ['archive', 'lease']

/**
 * Finds out what is wrong.
 * @returns sentences for the operator, without a secret and without an id
 */
type FindProblems = () => readonly string[] | Promise<readonly string[]>

/** Whether Custos does what it is there for. */
export type Readiness =
  | { readonly type: 'ready' }
  /** Other processes serve all shards. This one takes over when one of them ends. */
  | { readonly type: 'standing by' }
  /** Sentences for the operator. */
  | { readonly type: 'not ready'; readonly problems: readonly string[] }

/** What each part of Custos says about whether it works. */
export class Health {
  readonly #checks = new Map<Check, FindProblems>()
  #isStandingBy = () => false

  /** Sets what is said about a part from now on. */
  set(check: Check, find: FindProblems): void {
    this.#checks.set(check, find)
  }

  /** Sets what tells whether the process waits for shards, because others serve all of them. */
  standsBy(isStandingBy: () => boolean): void {
    this.#isStandingBy = isStandingBy
  }

  async readiness(): Promise<Readiness> {
    const isStandingBy = this.#isStandingBy()
    const checks = [...this.#checks].filter(([check]) => !isStandingBy || STANDBY.includes(check))
    const problems = (await Promise.all(checks.map(([, find]) => find()))).flat()
    if (problems.length > 0) return { type: 'not ready', problems }
    return { type: isStandingBy ? 'standing by' : 'ready' }
  }
}
