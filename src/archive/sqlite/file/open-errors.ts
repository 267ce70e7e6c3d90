import { messageOf, OperatorError } from '../../../core/errors.ts'

/** What an operator can do about errors of Node and SQLite. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|EXIST|LOOP|NAMETOOLONG)|readonly database|unable to open/,
    'Custos needs permission to read and write that file and its folder.',
  ],
  [/is locked/, 'Another program is using it. Wait until that one has finished, and start Custos again.'],
  [/is full|^ENOSPC/, 'Free some space on its disk, and start Custos again.'],
]

const OTHERWISE = 'Put a backup in its place, or set DATABASE_URL to another file.'

/** The error for an archive whose file or folder cannot be used, with what to do about it. */
export function cannotOpen(path: string, cause: unknown): OperatorError {
  const why = messageOf(cause)
  const [, remedy] = REMEDIES.find(([pattern]) => pattern.test(why)) ?? [undefined, OTHERWISE]
  return new OperatorError(`The archive ${path} cannot be opened: ${why}. ${remedy}`, { cause })
}

/** The error for a file that is no complete archive. */
export function damaged(path: string, how: string): OperatorError {
  return new OperatorError(`The archive ${path} is damaged: ${how}. It is left as it is. ${OTHERWISE}`)
}
