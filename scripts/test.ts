import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * `npm test`: all tests, with the type checks and the linter running at the same time. Their output is shown at the end,
 * and only if they fail. With arguments, such as `npm test -- test/core/time`, it only runs the tests that match.
 */
const args = process.argv.slice(2)
const checks = args.length > 0 ? [] : ['typecheck', 'lint'].map(runCheck)
let failed = (await runTests()) !== 0
for (const { script, code, output } of await Promise.all(checks)) {
  process.stdout.write(`npm run ${script}: ${code === 0 ? 'passed' : `failed\n${output}`}\n`)
  failed ||= code !== 0
}
process.exitCode = failed ? 1 : 0

async function runTests(): Promise<number | null> {
  const vitest = fileURLToPath(new URL('./vitest.mjs', import.meta.resolve('vitest/package.json')))
  const child = spawn(process.execPath, [vitest, 'run', ...args], { stdio: 'inherit' })
  const [code]: (number | null)[] = await once(child, 'exit')
  return code ?? null
}

/** Runs a script of package.json. TypeScript, which is written in Go, need not collect garbage as often as by default. */
async function runCheck(script: string) {
  const env = { ...process.env, GOGC: '400', ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) }
  const child = spawn(`npm run --silent ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code]: (number | null)[] = await once(child, 'close')
  return { script, code, output }
}
