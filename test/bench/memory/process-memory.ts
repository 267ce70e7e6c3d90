import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The memory of a process that is resident, in MiB. */
export interface ProcessMemory {
  /** Now. */
  readonly resident: number
  /** The most since it started. */
  readonly peak: number
}

const POLL = 1000

/** How much the resident memory of an idle process changes at most, in MiB, and for how many polls that has to last. */
const STEADY = 1.5
const STEADY_POLLS = 12

/** After so many polls it is measured as it is. */
const MOST_POLLS = 90

/**
 * Waits until the memory of an idle process has settled, since V8 returns memory some seconds after it was used.
 * @param pid the process, in the `/proc` of Linux
 */
export async function settledMemory(pid: number): Promise<ProcessMemory> {
  let settled = residentMemory(pid)
  for (let polls = 0, steady = 0; polls < MOST_POLLS && steady < STEADY_POLLS; polls++) {
    await sleep(POLL)
    const now = residentMemory(pid)
    steady = Math.abs(now.resident - settled.resident) < STEADY ? steady + 1 : 0
    if (steady === 0) settled = now
  }
  return residentMemory(pid)
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function residentMemory(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { resident: mebibytes('VmRSS'), peak: mebibytes('VmHWM') }
}
