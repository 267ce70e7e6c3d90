import { test } from 'vitest'
import { openCustos } from '../../support/open-custos.ts'
import { finished } from '../../bench/loop/loads.ts'

test('try', async () => {
  const { log, moderator, discord } = await openCustos({ days: 3, httpAddress: { host: '127.0.0.1', port: 0 } })
  const line = log.lines.find(({ message }) => message === 'Serving health and metrics.')
  console.log(line)
  const url = line.facts.url
  await finished(moderator.send('audit recent'))
  for (const path of ['livez', 'readyz', 'metrics', 'nope']) {
    const response = await fetch(`${url}/${path}`)
    console.log(path, response.status, await response.text())
  }
})
