import type { Claim, Leases } from '../../src/core/leases.ts'
import type { ShardPlan } from '../../src/core/shards.ts'

/** Leases that do what a test tells them to. */
export class FakeLeases implements Leases {
  /** What the next claims return, the last one again and again. An error is thrown. */
  claims: (Claim | Error)[] = []
  /** What the other processes run with, each time that is asked; none in the end. An error is thrown. */
  plans: (ShardPlan | Error)[] = []
  /** What a renewal returns; an error is thrown. */
  renewal: boolean | Error | Promise<boolean> = true
  /** What a reservation returns, the last one again and again; an error is thrown. */
  waits: (number | Error)[] = [0]
  /** What was called, in order. */
  readonly calls: string[] = []

  async claim(): Promise<Claim> {
    this.calls.push('claim')
    return next(this.claims)
  }

  async endExpired(): Promise<ShardPlan | undefined> {
    this.calls.push('end expired')
    const plan = this.plans.shift()
    if (plan instanceof Error) throw plan
    return plan
  }

  async renew(): Promise<boolean> {
    this.calls.push('renew')
    const { renewal } = this
    if (renewal instanceof Error) throw renewal
    return renewal
  }

  async release(): Promise<void> {
    this.calls.push('release')
  }

  async reserveIdentify(bucket: number): Promise<number> {
    this.calls.push(`identify ${bucket}`)
    return next(this.waits)
  }

  async close(): Promise<void> {
    this.calls.push('close')
  }
}

function next<Answer>(answers: (Answer | Error)[]): Answer {
  const answer = answers.length > 1 ? answers.shift() : answers[0]
  if (answer === undefined) throw new Error('The test gives no answer.')
  if (answer instanceof Error) throw answer
  return answer
}
