type Write = (fields: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  trace: Write
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** Whether lines of a level are written. Checked before a line that takes time to make. */
  isLevelEnabled(level: 'trace'): boolean
}

const ignore: Write = () => {}

/** A log that writes nothing. */
export const SILENT: Log = {
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  isLevelEnabled: () => false,
}
