import { readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ChartProcess } from '../../src/chart/chart-process.ts'

/** The environments of the processes that draw charts for this one, by their ids. */
function environments(): Map<string, string> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.flatMap((pid): [string, string][] => {
    try {
      const [, , parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/\(.*\)/s, '')
        .split(/ +/)
      const isChild = Number(parent) === process.pid
      const draws = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('draw-charts.ts')
      return isChild && draws ? [[pid, readFileSync(`/proc/${pid}/environ`, 'utf8')]] : []
    } catch {
      // It has ended.
      return []
    }
  })
  return new Map(found)
}

// Only Linux shows the environment of a process.
test.skipIf(process.platform !== 'linux')(
  'the process that draws charts inherits neither the token nor the address of the archive',
  async () => {
    // Another object instead of `process.env` would keep later tests of the worker from setting the host's time zone.
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('DISCORD_TOKEN', 'MTAx.a-token')
    vi.stubEnv('DATABASE_URL', 'postgres://custos:password@db/custos')
    // Tests of other files draw in the same process.
    const others = new Set(environments().keys())
    const own = () =>
      [...environments()].flatMap(([pid, environment]) => (others.has(pid) ? [] : environment))
    const drawing = new ChartProcess(0)
    onTestFinished(() => drawing.close())
    await expect.poll(own).toHaveLength(1)
    expect(own()[0]).toContain('DISABLE_SYSTEM_FONTS_LOAD=1')
    expect(own()[0]).not.toMatch(/DISCORD_TOKEN|DATABASE_URL|a-token|password/)
  },
)
