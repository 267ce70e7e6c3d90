import { openArchive } from '../../src/archive/sqlite/open.ts'
import { known, naming } from './names.ts'

/** A process that keeps one name in the archive it is given the path of, and holds it until it is killed. */
const archive = await openArchive(process.argv[2] ?? '')
await archive.record([
  { guildId: '1', entries: [], from: 'gateway', names: [naming(known('2', 'user', 'kept'))] },
])
process.stdout.write('held')
process.stdin.resume()
