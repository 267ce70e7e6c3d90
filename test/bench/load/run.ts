import { printRows } from './report.ts'
import { askedAtOnce } from './scenarios/asked-at-once.ts'
import { events } from './scenarios/events.ts'
import { firstQuestions } from './scenarios/first-questions.ts'
import { raid } from './scenarios/raid.ts'
import { measureSearches } from './searches.ts'

interface Scenario {
  readonly name: string
  /** Measures, and prints what it found. @returns whether it was within its budgets */
  readonly run: () => Promise<boolean>
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'asked-at-once',
    run: async () => printRows('200 servers ask at once', await askedAtOnce()),
  },
  {
    name: 'raid',
    run: async () => printRows('A raid: 8,000 bans in 15 minutes, 150 ms a page', await raid()),
  },
  {
    name: 'events',
    run: async () => printRows('2,000 events a second, 10 questions', await events()),
  },
  {
    name: 'first-questions',
    run: async () => printRows('200 of 500 unread servers ask', await firstQuestions()),
  },
  { name: 'searches', run: measureSearches },
]

/**
 * Measures how Custos answers under load, beside bots that do nothing else. Exits with 1 when a budget is missed.
 * @param only part of the names of the scenarios to run; empty for all
 */
async function main(only: string): Promise<boolean> {
  let isWithinBudget = true
  for (const { name, run } of SCENARIOS) {
    if (name.includes(only)) isWithinBudget = (await run()) && isWithinBudget
  }
  return isWithinBudget
}

process.exitCode = (await main(process.argv[2] ?? '')) ? 0 : 1
