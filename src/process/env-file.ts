import { readFileSync } from 'node:fs'
import { parse, populate } from 'dotenv'
import { OperatorError } from '../core/errors.ts'

/**
 * Sets the variables of a `.env` file that are not set yet. Where there is no such file, nothing is set.
 * @throws OperatorError when the file cannot be read as UTF-8 text; what is in it is not shown
 */
export function readEnvFile(path: string, env: NodeJS.ProcessEnv): void {
  const bytes = contentOf(path)
  if (bytes) populate(env, parse(decode(path, bytes)))
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return undefined
    const why = WHY.get(String(code)) ?? ''
    throw new OperatorError(`The file ${path} cannot be read (${code}).${why}`, { cause: error })
  }
}

const WHY: ReadonlyMap<string, string> = new Map([
  [
    'EISDIR',
    ' It is a folder, which Docker makes where a file to mount is missing. Put the file in its place.',
  ],
  ['EACCES', ' The user that runs Custos has to be able to read it.'],
])

/** UTF-16, which Windows' Notepad and PowerShell write, has a NUL in every Latin letter. */
function decode(path: string, bytes: Buffer): string {
  if (bytes.includes(0))
    throw new OperatorError(`The file ${path} is in UTF-16 or another wide encoding. Save it as UTF-8.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new OperatorError(`The file ${path} is not UTF-8 text. Save it as UTF-8.`, { cause: error })
  }
}
