import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const CHECK = './src/process/check-node.cjs'

describe('a Node that cannot run Custos is told so, in a sentence', () => {
  test.each(['18.20.8', '20.20.2', '22.23.3', '23.11.1', '24.0.0', '24.2.0'])('%s', (version) => {
    const { status, stderr } = check(version)
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^Custos needs Node\.js 24\.3 or later, and this is v\S+\. Run "npm install" in its folder/,
    )
  })
})

test.each(['24.3.0', '24.10.1', '25.0.0', '26.10.0'])('%s runs it', (version) => {
  expect(check(version)).toMatchObject({ status: 0, stderr: '' })
})

test('npm knows the same version, and brings one that runs Custos where development is left out', () => {
  expect(packageJson.engines.node).toBe('>=24.3')
  expect(check(packageJson.dependencies.node).status).toBe(0)
  for (const script of [packageJson.scripts.start, packageJson.scripts.backup, packageJson.scripts.demo]) {
    expect(script).toMatch(/node --require \.\/src\/process\/(boot|check-node)\.cjs /)
  }
})

test('what tells it is read by any Node: it uses no syntax that came after 2015', () => {
  expect(readFileSync(CHECK, 'utf8')).not.toMatch(/\?\.|\?\?|\*\*|async|^import |^export /m)
})

/** Runs the check as that version would. */
function check(version: string) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  return spawnSync(process.execPath, ['--eval', `${pretend}; require('${CHECK}')`], { encoding: 'utf8' })
}
