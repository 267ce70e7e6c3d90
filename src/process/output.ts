import { fstatSync, writeSync } from 'node:fs'

/** How much may wait for a reader who is slow or has stopped, in bytes. What comes beyond that is lost. */
const MOST_WAITING = 4_000_000

/** How long the last lines may take to be read when the process ends, in milliseconds. */
const LAST_LINES = 250

/** Where the log is written. Nothing that happens to it ends the process or holds it up. */
export interface Output {
  /** @returns whether the line was taken */
  write(line: string): boolean
  /** Resolves when all that was taken is written, or soon if nobody reads it. */
  flush(): Promise<void>
}

/** The standard output: a file, which may be on a full disk, or a pipe or terminal, whose reader may be gone. */
export function standardOutput(): Output {
  const { fd } = process.stdout
  const stat = fstatSync(fd)
  const isFile = stat.isFile() || (stat.isCharacterDevice() && !process.stdout.isTTY)
  return isFile ? fileOutput(fd) : streamOutput(process.stdout)
}

/** A file is written at once, and tried again with the next line when it could not be: there may be room then. */
function fileOutput(fd: number): Output {
  let torn = false
  return {
    write(line) {
      const bytes = Buffer.from(torn ? `\n${line}` : line)
      let done = 0
      try {
        while (done < bytes.length) done += writeSync(fd, bytes, done)
        torn = false
      } catch {
        torn ||= done > 0
        return false
      }
      return true
    },
    flush: async () => {},
  }
}

/** A stream whose reader is gone takes nothing any more. */
function streamOutput(stream: NodeJS.WriteStream): Output {
  let gone = false
  stream.on('error', () => {
    gone = true
  })
  return {
    write(line) {
      if (gone || stream.writableLength > MOST_WAITING) return false
      stream.write(line)
      return true
    },
    flush: () =>
      new Promise((resolve) => {
        if (gone || stream.writableLength === 0) return resolve()
        setTimeout(resolve, LAST_LINES)
        stream.once('drain', resolve).once('error', () => resolve())
      }),
  }
}
