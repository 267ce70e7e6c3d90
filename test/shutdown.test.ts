import { expect, test } from 'vitest'
import { shutDown } from '../src/shutdown.ts'
import { RecordedLog } from './support/recorded-log.ts'

const STEPS = [
  'the posts',
  'the pending replies',
  'the charts',
  'the gateway',
  'the pending writes',
  'the archive',
  'the shards',
]

test.each([true, false])(
  'a step that fails does not stop the next one: the archive has ended: %s',
  async (hasEnded) => {
    const log = new RecordedLog()
    const fail = () => Promise.reject(new Error('This step fails.'))
    const steps: string[] = []
    const ended = await shutDown(
      {
        dispatch: { settled: fail, giveUp: () => {} },
        watcher: { settled: fail },
        posts: new AbortController(),
        painter: { close: fail },
        client: { destroy: fail },
        ingest: { settled: fail },
        archive: { close: fail, hasEnded },
        sharding: { release: fail },
        log,
      },
      (step) => steps.push(step),
    )
    expect(ended).toBe(hasEnded)
    expect(steps).toEqual(STEPS)
    expect(log.lines).toEqual(
      STEPS.map((step) => ({
        level: 'error',
        message: 'A step of the shutdown failed.',
        facts: { err: new Error('This step fails.'), step },
      })),
    )
  },
)
