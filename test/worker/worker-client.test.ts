import { expect, onTestFinished, test } from 'vitest'
import { WorkerClient } from '../../src/worker/worker-client.ts'

function startClient(): WorkerClient<string, string> {
  const client = new WorkerClient<string, string>(
    new URL('./echo-worker.js', import.meta.url),
    {},
    (cause) => new Error('The thread has ended.', { cause }),
  )
  onTestFinished(() => client.terminate())
  return client
}

test('each job gets its own result', async () => {
  const client = startClient()
  const jobs = ['a', 'b', 'c']
  expect(await Promise.all(jobs.map((job) => client.run(job)))).toEqual(jobs)
})

test('a job that fails rejects no other', async () => {
  const client = startClient()
  const [failed, next] = await Promise.allSettled([client.run('throw'), client.run('a')])
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'The job failed.' } })
  expect(next).toEqual({ status: 'fulfilled', value: 'a' })
  expect(client.isAlive).toBe(true)
})

test('when the thread ends, pending and later jobs are rejected', async () => {
  const client = startClient()
  const results = await Promise.allSettled([client.run('exit'), client.run('a')])
  expect(results).toMatchObject(Array(2).fill({ reason: { message: 'The thread has ended.' } }))
  await client.ended
  expect(client.isAlive).toBe(false)
  await expect(client.run('a')).rejects.toThrow('The thread has ended.')
})

test('closing lets earlier jobs finish', async () => {
  const client = startClient()
  const job = client.run('a')
  client.close()
  expect(await job).toBe('a')
  await client.ended
})
