import { parse, populate } from 'dotenv'
import { readTextFile } from '../text-file.ts'

/**
 * Adds the variables of a `.env` file to an environment. Variables that are set stay as they are. The file may be missing.
 * @throws OperatorError when the file cannot be read as UTF-8 text. Its content is not shown
 */
export function readEnvFile(path: string, env: NodeJS.ProcessEnv): void {
  const text = readTextFile(path)
  if (text !== undefined) populate(env, parse(text))
}
