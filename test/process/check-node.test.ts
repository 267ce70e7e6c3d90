import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const SCRIPT = readFileSync('./src/process/check-node.cjs', 'utf8')

describe('a Node version that cannot run Custos is rejected with a sentence', () => {
  test.each(['18.20.8', '20.20.2', '22.23.3', '23.11.1', '24.0.0', '24.2.0'])('%s', (version) => {
    expect(check(version)).toEqual({
      code: 1,
      stderr:
        `Custos needs Node.js 24.3 or later, and this is v${version}. Run "npm install" in its folder, ` +
        'which brings the right one, and start it with "npm start".\n',
    })
  })
})

test.each(['24.3.0', '24.10.1', '25.0.0', '26.10.0'])('%s runs it', (version) => {
  expect(check(version)).toEqual({ code: undefined, stderr: '' })
})

test('package.json requires the same version, and installs one that runs Custos in production, too', () => {
  expect(packageJson.engines.node).toBe('>=24.3')
  expect(check(packageJson.dependencies.node)).toEqual({ code: undefined, stderr: '' })
  expect(packageJson.scripts.demo).toMatch(/^node --require \.\/src\/process\/check-node\.cjs /)
})

test('what bin/custos starts runs the check first', () => {
  const { start, backup, move } = packageJson.scripts
  expect([start, backup, move]).toEqual(['start', 'backup', 'move'].map((name) => `exec bin/custos ${name}`))
  const nodes =
    readFileSync('./bin/custos', 'utf8').match(/(?:exec node|run_small) .*\.(?:ts|cjs)\b.*/g) ?? []
  expect(nodes.length).toBe(3)
  for (const command of nodes) expect(command).toMatch(/ \.\/src\/process\/(boot|check-node)\.cjs /)
})

test('the check runs on any Node version: it uses no syntax newer than 2015', () => {
  expect(SCRIPT).not.toMatch(/\?\.|\?\?|\*\*|async|^import |^export /m)
})

/** Runs the check as a version of Node would. */
function check(version: string): { code: number | undefined; stderr: string } {
  let stderr = ''
  let code: number | undefined
  const process = {
    version: `v${version}`,
    versions: { node: version },
    stderr: { write: (text: string) => (stderr += text) },
    exit: (given: number) => (code = given),
  }
  runInNewContext(SCRIPT, { process })
  return { code, stderr }
}
