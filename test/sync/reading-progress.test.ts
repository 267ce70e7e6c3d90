import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/core/time/units.ts'
import { ReadingProgress } from '../../src/sync/reading-progress.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

function open() {
  const clock = new ManualClock()
  const log = new RecordedLog()
  const progress = new ReadingProgress<string>({ clock, log })
  const minute = () => {
    clock.advance(MINUTE)
    progress.report()
  }
  const logged = () => log.lines.splice(0).map(({ level, message, facts }) => [level, message, facts])
  return { clock, progress, minute, logged }
}

const READING = 'Reading the audit logs.'
const READ = 'The audit logs are read.'

test('the first reading is one line when all servers are read, however many there are', () => {
  const { clock, progress, logged, minute } = open()
  for (const guild of ['1', '2', '3']) progress.add(guild)
  progress.pageRead('2')
  clock.advance(10 * SECOND)
  for (const guild of ['1', '2', '3']) progress.finished(guild)
  expect(logged()).toEqual([['info', READ, { guilds: 3, pages: 1, waitedSeconds: 10 }]])
  minute()
  expect(logged()).toEqual([])
})

test('a reading that takes long is a line a minute, with what is left', () => {
  const { progress, logged, minute } = open()
  const guilds = Array.from({ length: 1000 }, (_, each) => String(each))
  for (const guild of guilds) progress.add(guild)
  for (const guild of guilds.slice(0, 300)) progress.finished(guild)
  minute()
  progress.dropped('999')
  minute()
  for (const guild of guilds) progress.finished(guild)
  expect(logged()).toEqual([
    ['info', READING, { guilds: 300, pages: 0, guildsLeft: 700, waitedSeconds: 60 }],
    ['info', READING, { guilds: 300, pages: 0, guildsLeft: 699, waitedSeconds: 120 }],
    ['info', READ, { guilds: 999, pages: 0, waitedSeconds: 120 }],
  ])
})

test('servers that are read later are one line a minute if entries were missing, and none otherwise', () => {
  const { progress, logged, minute } = open()
  progress.add('1')
  progress.finished('1')
  logged()
  progress.add('1')
  progress.finished('1')
  minute()
  expect(logged()).toEqual([['debug', READ, { guilds: 1, pages: 0, waitedSeconds: 60 }]])
  for (const guild of ['2', '3']) {
    progress.pageRead(guild)
    progress.finished(guild)
  }
  expect(logged()).toEqual([])
  minute()
  expect(logged()).toEqual([['info', READ, { guilds: 2, pages: 2, waitedSeconds: 60 }]])
})

test('a server that cannot be read is not waited for, and a page that is read again is not counted', () => {
  const { progress, logged, minute } = open()
  progress.add('1')
  progress.dropped('1')
  progress.finished('2')
  minute()
  expect(logged()).toEqual([])
})
