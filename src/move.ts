import { resolve } from 'node:path'
import { type ArchiveAddress, parseArchiveUrl } from './archive/address.ts'
import { type MoveProgress, move } from './archive/move/move.ts'
import type { Contents } from './archive/move/verify.ts'
import { ArchiveUnavailable, OperatorError } from './core/errors.ts'
import { formatNumber, pluralize } from './core/text/numbers.ts'
import { readEnvFile } from './process/env-file.ts'
import { readVariableFiles } from './variable-files.ts'

const USAGE =
  'Name the archive to move and where to move it: npm run move -- FROM TO. Each is an address such as ' +
  'sqlite:data/custos.db, or the name of a variable that has the address, such as DATABASE_URL, which keeps a password ' +
  'from the list of processes.'

const GOES_ON = 'Run the same command again: it goes on where it stopped.'

/** How often the progress is printed, in milliseconds. */
const INTERVAL = 1000

/** Moves an archive, and prints how far it is and what was verified. */
async function main(args: readonly string[]): Promise<void> {
  const [from, to, ...rest] = args
  if (from === undefined || to === undefined || rest.length > 0) throw new OperatorError(USAGE)
  readEnvFile('.env', process.env)
  const [source, target] = [addressOf(from, 'FROM'), addressOf(to, 'TO')]
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopping.abort())
  try {
    const result = await move(source, target, { onProgress: printer(), signal: stopping.signal })
    if (result.type === 'same') print(`Moved and verified: ${describe(result.contents)}.`)
    else throw new OperatorError(differ(result.differences))
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    process.stderr.write(`Stopped. ${GOES_ON}\n`)
    process.exitCode = 130
  }
}

/** The address that an argument is, or that is in the variable that it names. */
function addressOf(argument: string, name: string): ArchiveAddress {
  if (!/^[A-Z][A-Z\d_]*$/.test(argument)) return inOwnFolder(parseArchiveUrl(argument, name))
  const { variables, problems } = readVariableFiles(process.env)
  const problem = problems.get(argument)
  if (problem !== undefined) throw new OperatorError(problem)
  const value = variables[argument]?.trim()
  if (!value) throw new OperatorError(`The variable ${argument} is not set.`)
  return parseArchiveUrl(value, argument)
}

/** npm changes into the project's folder and passes the one it was called in. */
function inOwnFolder(address: ArchiveAddress): ArchiveAddress {
  if (address.type !== 'sqlite' || address.path === ':memory:') return address
  return { type: 'sqlite', path: resolve(process.env.INIT_CWD ?? '', address.path) }
}

const STEPS = { copying: 'Copied', verifying: 'Verified', indexing: 'Creating the indexes' } as const

/** Prints the progress once a second, and the beginning and the end of each step. */
function printer(): (progress: MoveProgress) => void {
  let step: MoveProgress['step'] | undefined
  let [start, before, printed] = [0, 0, 0]
  return (progress) => {
    const now = performance.now()
    const { done, total } = progress
    if (progress.step !== step) {
      step = progress.step
      start = now
      before = done
    } else if (now - printed < INTERVAL && done < total) return
    printed = now
    print(step === 'indexing' ? `${STEPS[step]}…` : `${STEPS[step]} ${share(done, total)}${rate(now)}.`)

    function rate(at: number): string {
      const perSecond = ((done - before) * 1000) / (at - start)
      if (!(perSecond > 0)) return ''
      const left = done < total ? `, ${formatSeconds((total - done) / perSecond)} left` : ''
      return `, ${formatNumber(Math.round(perSecond))} a second${left}`
    }
  }
}

function share(done: number, total: number): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
  return `${formatNumber(done)} of ${pluralize(total, 'row')} (${percent} %)`
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 90 ? `${whole} s` : `${Math.ceil(whole / 60)} min`
}

function describe({ entries, guilds, days, others, digest }: Contents): string {
  const perDay = `counted by server and day (${pluralize(guilds, 'server')}, ${pluralize(days, 'day')})`
  return (
    `${pluralize(entries, 'entry', 'entries')}, ${perDay}, and ${pluralize(others, 'other row')} are the same in both ` +
    `(SHA-256 ${digest})`
  )
}

function differ(differences: readonly string[]): string {
  return [
    'The target is not the same as the source, so Custos does not open it. Did a Custos use the source meanwhile? Remove ' +
      'the target and run the command again.',
    ...differences,
  ].join('\n  ')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof OperatorError || error instanceof ArchiveUnavailable
  const message = isExpected ? error.message : String(error)
  process.stderr.write(`${message}${error instanceof ArchiveUnavailable ? `. ${GOES_ON}` : ''}\n`)
  process.exitCode = 1
}
