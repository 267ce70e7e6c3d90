type Write = (facts: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  debug: Write
  info: Write
  warn: Write
  error: Write
}

const nothing: Write = () => {}

/** A log that nobody reads. */
export const SILENT: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
