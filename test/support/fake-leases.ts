import type { Claim, ClaimOptions, Ended, Leases } from '../../src/core/sharding/leases.ts'

/** Leases that do what a test tells them to. */
export class FakeLeases implements Leases {
  /** What the next claims return, the last one again and again. An error is thrown. */
  claims: (Claim | Error)[] = []
  /** Whether each claim might take over from others. */
  readonly takesOver: boolean[] = []
  /** What the next requests for the end of all leases return, the last one again and again. An error is thrown. */
  ends: (Ended | Error)[] = [{ type: 'none held' }]
  /** What a renewal returns; an error is thrown. */
  renewal: boolean | Error | Promise<boolean> = true
  /** What a reservation returns, the last one again and again; an error is thrown. */
  waits: (number | Error)[] = [0]
  /** What was called, in order. */
  readonly calls: string[] = []

  async claim(_wanted: unknown, { mayTakeOver }: ClaimOptions): Promise<Claim> {
    this.calls.push('claim')
    this.takesOver.push(mayTakeOver)
    return next(this.claims)
  }

  async endExpired(): Promise<Ended> {
    this.calls.push('end expired')
    return next(this.ends)
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
