import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The memory of a process that is resident, in MB (1,000,000 bytes). */
export interface ProcessMemory {
  /** Now. */
  readonly resident: number
  /** The most since it started. */
  readonly peak: number
}

const POLL = 1000

/** How much the resident memory of an idle process changes at most, in MB, and for how many polls that has to last. */
const STEADY = 1.5
const STEADY_POLLS = 12

/** After so many polls it is measured as it is. */
const MOST_POLLS = 60

/**
 * Waits until the memory of an idle process has settled.
 * @param pid the process, in the `/proc` of Linux
 * @param idleFor how long it needs at least until it gives memory back, in milliseconds
 */
export async function settledMemory(pid: number, idleFor = 0): Promise<ProcessMemory> {
  await sleep(idleFor)
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
  const megabytes = (field: string) =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
