import { expect, test } from 'vitest'
import { textOf } from '../support/read.ts'
import { stage } from '../support/stage.ts'

test('a moderator types /audit recent and reads the log', async () => {
  const { moderator } = await stage({ days: 10 })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('newest first')
})
