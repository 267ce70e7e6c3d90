type Write = (fields: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  trace: Write
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** Whether lines of that level are written, for what is costly to log. */
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
