import { OperatorError } from '../../../core/operator-error.ts'

/** What an operator can do about what Node or SQLite complains of. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|EXIST|LOOP|NAMETOOLONG)|readonly database|unable to open/,
    'Custos has to be able to read and write that file and the folder it lies in.',
  ],
  [/is locked/, 'Another program is at work in it: let that one finish, and start Custos again.'],
  [/is full|^ENOSPC/, 'Make room on its disk, and start Custos again.'],
]

const OTHERWISE = 'Put a backup in its place, or set DATABASE_URL to another file.'

/** What the operator is told when the archive's file, or the folder it should lie in, is not what it has to be. */
export function cannotOpen(path: string, cause: unknown): OperatorError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const [, remedy] = REMEDIES.find(([complaint]) => complaint.test(why)) ?? [undefined, OTHERWISE]
  return new OperatorError(`The archive ${path} cannot be opened: ${why}. ${remedy}`, { cause })
}

/** The same where what lies there was once an archive, or never was: it is left as it is. */
export function damaged(path: string, how: string): OperatorError {
  return new OperatorError(`The archive ${path} is damaged: ${how}. It is left as it is. ${OTHERWISE}`)
}
