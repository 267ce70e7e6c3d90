import { Eraser } from '../../src/archive/eraser.ts'
import { openArchive } from '../../src/archive/open.ts'
import { SILENT } from '../../src/core/log.ts'
import { hostClock } from '../../src/host-clock.ts'

/** A process that erases a guild in the archive it is given the path of, says when it begins, and how it ended. */
const [path = '', guildId = ''] = process.argv.slice(2)
const archive = await openArchive(path)
const { signal } = new AbortController()
const eraser = new Eraser({ archive, clock: hostClock, log: SILENT, signal })
process.stdout.write('erasing')
const { is } = await eraser.erase(
  { guildId, upTo: '100000', by: '7' },
  { begun: () => {}, waiting: () => {} },
)
process.stdout.write(is)
