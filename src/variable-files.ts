import { OperatorError } from './core/errors.ts'
import { readTextFile } from './text-file.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The variables whose value can be in a file, which the variable with `_FILE` after the name names. */
const NAMES = ['DISCORD_TOKEN', 'DATABASE_URL'] as const

/** An environment with the values that are in files. */
interface WithFiles {
  readonly variables: Environment
  /** For each variable whose file cannot be used, a sentence that says why, without what is in the file. */
  readonly problems: ReadonlyMap<string, string>
}

/**
 * Reads the variables whose values are in files, as secrets of Docker, Kubernetes and systemd are. The environment is not
 * changed, because child processes would inherit it.
 */
export function readVariableFiles(env: Environment): WithFiles {
  const variables = { ...env }
  const problems = new Map<string, string>()
  for (const name of NAMES) {
    const path = env[`${name}_FILE`]?.trim()
    if (!path) continue
    try {
      variables[name] = valueIn(path, name, env)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      problems.set(name, error.message)
    }
  }
  return { variables, problems }
}

/** @throws OperatorError when the file cannot be used */
function valueIn(path: string, name: string, env: Environment): string {
  if (env[name]?.trim()) throw new OperatorError(`Set ${name} or ${name}_FILE, not both.`)
  const text = readTextFile(path)
  if (text === undefined)
    throw new OperatorError(`${name}_FILE should be the path of a file, but there is no ${path}.`)
  const value = text.trim()
  if (value === '') throw new OperatorError(`The file ${path}, which ${name}_FILE names, is empty.`)
  return value
}
