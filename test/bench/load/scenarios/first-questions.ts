import { type Answer, ask } from '../ask.ts'
import { questionOf } from '../questions.ts'
import { limited, type Row } from '../report.ts'
import { onStage } from '../stage.ts'
import type { Traffic } from '../traffic.ts'

const SERVERS = 500
const ASKED = 200
const ENTRIES = 250

/** How many pages a log has, of 100 entries each. */
const PAGES = Math.ceil(ENTRIES / 100)

/** How many requests a bot may make, in a second. */
const REQUESTS_PER_SECOND = 50

/** How long to wait for an answer, in milliseconds. */
const TIMEOUT = 60_000

/** How long after the last page of its window an answer may come, in milliseconds. */
const LONGEST_LAG = 2000

/** Moderators of unread servers ask right after the start. */
export function firstQuestions(): Promise<Row[]> {
  return onStage({ servers: SERVERS, entries: ENTRIES }, async (stage) => {
    const servers = stage.servers.slice(-ASKED)
    const askAll = () =>
      Promise.all(servers.map((server, index) => ask(server, questionOf(index), { timeout: TIMEOUT })))
    await stage.startCustos()
    let answers: Answer[] = []
    const start = performance.now()
    const custos = await stage.measure(
      'Custos',
      async () => {
        answers = await askAll()
        return answers
      },
      { edits: 3, complete: true, least: PAGES },
    )
    const took = (performance.now() - start) / 1000
    const least = (ASKED * PAGES) / REQUESTS_PER_SECOND
    const lag = lagOf(answers, stage.traffic)
    const note =
      `Took ${took.toFixed(1)} s; ${ASKED * PAGES} pages take ${least.toFixed(1)} s at least. ` +
      `The answers came at most ${Math.round(lag)} ms after the last page of their windows.`
    return [
      limited({ ...custos, notes: [...custos.notes, note] }, 'lag', lag, LONGEST_LAG),
      ...(await stage.measureBare(askAll)),
    ]
  })
}

/** The longest time from the last page of a window to the answer, in milliseconds. Every entry is in the window. */
function lagOf(answers: readonly Answer[], traffic: Traffic): number {
  const lags = answers.flatMap(({ server, answeredAt }) => {
    const readAt = traffic.pageSentAt(server.guild.id, PAGES)
    if (readAt === undefined) return []
    return answeredAt === undefined ? [Number.POSITIVE_INFINITY] : [answeredAt - readAt]
  })
  return Math.max(0, ...lags)
}
