type Write = (fields: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  debug: Write
  info: Write
  warn: Write
  error: Write
}

const discard: Write = () => {}

/** A log that discards everything. */
export const SILENT: Log = { debug: discard, info: discard, warn: discard, error: discard }
