import { setTimeout as sleep } from 'node:timers/promises'
import type { Painter } from './chart/painter.ts'
import type { Archive } from './core/archive.ts'
import type { Log } from './core/log.ts'
import type { Dispatch } from './discord/interactions/dispatch.ts'
import type { Sharding } from './sharding/sharding.ts'
import type { Ingest } from './sync/ingest/ingest.ts'
import type { Watcher } from './watch/watcher.ts'

/**
 * How long pending answers may take, in milliseconds, and after that the sentence that there will be none. All steps have
 * to fit into `STOP_TIMEOUT` of `stop-in-time.ts`.
 */
const ANSWERS_TIMEOUT = 2000
const SENTENCES_TIMEOUT = 500

/** How long closing the gateway connection may take, in milliseconds. On a dead connection, Discord never confirms it. */
const GATEWAY_TIMEOUT = 500

/** How long giving the shards back may take, in milliseconds. Without it, they are free when the lease ends. */
const RELEASE_TIMEOUT = 300

interface Deps {
  readonly dispatch: Pick<Dispatch, 'settled' | 'giveUp'>
  readonly watcher: Pick<Watcher, 'settled'>
  /** Posts that are on their way are given up when it aborts. */
  readonly posts: Pick<AbortController, 'abort'>
  readonly painter: Pick<Painter, 'close'>
  readonly client: { destroy(): Promise<void> }
  readonly ingest: Pick<Ingest, 'settled'>
  readonly archive: Pick<Archive, 'close' | 'hasEnded'>
  readonly sharding: Pick<Sharding, 'release'>
  readonly log: Log
}

/**
 * Finishes what is in progress, and closes everything. A step that fails or takes too long does not stop the next one.
 * @param onStep called with the name of each step when it starts
 * @returns whether nothing is left that keeps the process running
 */
export async function shutDown(deps: Deps, onStep: (step: string) => void): Promise<boolean> {
  const { dispatch, watcher, posts, painter, client, ingest, archive, sharding, log } = deps
  const run = (step: string, work: Promise<unknown>) => {
    onStep(step)
    return work.catch((error: unknown) => log.error({ err: error, step }, 'A step of the shutdown failed.'))
  }
  await Promise.all([
    // What is not posted by then is posted after the next start, when Custos has to find out whether it was.
    run('the posts', atMost(ANSWERS_TIMEOUT, watcher.settled())).finally(() => posts.abort()),
    run('the pending replies', finishAnswers(dispatch)),
  ])
  await run('the charts', painter.close())
  await run('the gateway', atMost(GATEWAY_TIMEOUT, client.destroy()))
  await run('the pending writes', ingest.settled())
  await run('the archive', archive.close())
  await run('the shards', atMost(RELEASE_TIMEOUT, sharding.release()))
  return archive.hasEnded
}

async function finishAnswers(dispatch: Deps['dispatch']): Promise<void> {
  await atMost(ANSWERS_TIMEOUT, dispatch.settled())
  dispatch.giveUp()
  await atMost(SENTENCES_TIMEOUT, dispatch.settled())
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(milliseconds, undefined, { ref: false })])
}
