import { parseArchiveUrl } from '../../../src/archive/address.ts'
import { Eraser } from '../../../src/archive/erase/eraser.ts'
import { openArchive } from '../../../src/archive/open/open.ts'
import { SILENT } from '../../../src/core/log.ts'
import { hostClock } from '../../../src/process/host-clock.ts'

/** A process that erases a guild, or one of its members, and prints when it begins and how it ends. */
const [url = '', guildId = '', upTo = '100000', memberId] = process.argv.slice(2)
const archive = await openArchive(parseArchiveUrl(url, 'The first argument'))
const { signal } = new AbortController()
const eraser = new Eraser({ serves: () => true, archive, clock: hostClock, log: SILENT, signal })
process.stdout.write('erasing')
const begun = () => {
  if (process.env.KILLED_ONCE_BEGUN) process.kill(process.pid, 'SIGKILL')
}
const { type } = await eraser.erase(
  { guildId, upTo, by: '7', ...(memberId !== undefined && { memberId }) },
  { begun, waiting: () => {} },
)
process.stdout.write(type)
