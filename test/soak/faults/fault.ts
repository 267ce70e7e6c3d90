import type { SoakSetup } from '../soak-setup.ts'

/** Ends a fault. */
export type EndFault = () => void

/** Injects a fault. Returns what ends it, unless it ends by itself. */
export type Fault = (setup: SoakSetup) => EndFault | undefined | Promise<undefined>
