import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { namedEntity, observationOf } from '../entries/names.ts'

/** A process that records one name in an archive and keeps it open until it is killed. */
const archive = await openArchive(process.argv[2] ?? '')
await archive.record([
  { guildId: '1', entries: [], from: 'gateway', names: [observationOf(namedEntity('2', 'user', 'kept'))] },
])
process.stdout.write('held')
process.stdin.resume()
