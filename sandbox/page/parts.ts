import type { Faults } from './faults.ts'
import type { MemberRequests } from './member-requests.ts'
import type { Playground } from './playground.ts'
import type { Raid } from './raid.ts'
import type { TimeLapse } from './time-lapse.ts'

/** What the page reads its state from, and what carries out its requests. */
export interface PageParts {
  readonly playground: Playground
  readonly memberRequests: MemberRequests
  readonly faults: Faults
  readonly timeLapse: TimeLapse
  readonly raid: Raid
}
