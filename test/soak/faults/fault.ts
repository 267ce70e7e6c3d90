import type { SoakSetup } from '../soak-setup.ts'

/** Ends a fault. What it returns is waited for. */
export type EndFault = () => unknown

/** Injects a fault. Returns what ends it, unless it ends by itself. */
export type Fault = (setup: SoakSetup) => EndFault | undefined | Promise<EndFault | undefined>
