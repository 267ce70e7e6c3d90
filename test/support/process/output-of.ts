import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** The exit code of a process, and what it writes, in the order in which it comes. */
export async function outputOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk
    })
  }
  const [code]: (number | null)[] = await once(child, 'close')
  return { code: code ?? null, output }
}
