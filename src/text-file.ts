import { readFileSync } from 'node:fs'
import { codeOf, OperatorError } from './core/errors.ts'

/**
 * The content of a text file; undefined if there is no such file.
 * @throws OperatorError when the file cannot be read as UTF-8 text. Its content is not shown
 */
export function readTextFile(path: string): string | undefined {
  const bytes = contentOf(path)
  return bytes && decode(path, bytes)
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    const why = WHY.get(code ?? '') ?? ''
    throw new OperatorError(`The file ${path} cannot be read (${code}).${why}`, { cause: error })
  }
}

const WHY: ReadonlyMap<string, string> = new Map([
  [
    'EISDIR',
    ' It is a folder, which Docker creates if a file to mount is missing. Put the file in its place.',
  ],
  ['EACCES', ' The user that runs Custos has to be able to read it.'],
])

/** In UTF-16, which Notepad and PowerShell on Windows write, every Latin letter has a NUL byte. */
function decode(path: string, bytes: Buffer): string {
  if (bytes.includes(0))
    throw new OperatorError(`The file ${path} is in UTF-16 or another wide encoding. Save it as UTF-8.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new OperatorError(`The file ${path} is not UTF-8 text. Save it as UTF-8.`, { cause: error })
  }
}
