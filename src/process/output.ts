import { fstatSync, writeSync } from 'node:fs'

/** How much is buffered for a slow reader, in bytes. Lines beyond that are lost. */
const MAX_BUFFERED = 4_000_000

/** How long the end of the process waits for the last lines to be read, in milliseconds. */
const FLUSH_TIMEOUT = 250

/** Where the log is written to. Its errors neither end the process nor delay it. */
export interface Output {
  /** @returns whether the line was accepted */
  write(line: string): boolean
  /** Resolves when all accepted lines are written, or soon if they are not read. */
  flush(): Promise<void>
}

/** The standard output: a file, whose disk may be full, or a pipe or terminal, whose reader may be gone. */
export function standardOutput(): Output {
  const { fd } = process.stdout
  const stat = fstatSync(fd)
  const isFile = stat.isFile() || (stat.isCharacterDevice() && !process.stdout.isTTY)
  return isFile ? fileOutput(fd) : streamOutput(process.stdout)
}

/** A file is written synchronously. After an error, the next line is tried again, since there may be room then. */
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

/** A stream accepts nothing after its reader is gone. */
function streamOutput(stream: NodeJS.WriteStream): Output {
  let gone = false
  stream.on('error', () => {
    gone = true
  })
  return {
    write(line) {
      if (gone || stream.writableLength > MAX_BUFFERED) return false
      stream.write(line)
      return true
    },
    flush: () =>
      new Promise((resolve) => {
        if (gone || stream.writableLength === 0) return resolve()
        setTimeout(resolve, FLUSH_TIMEOUT)
        stream.once('drain', resolve).once('error', () => resolve())
      }),
  }
}
