type Write = (fields: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  trace: Write
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** A log whose lines all have these fields, such as the id of a request. */
  child(fields: object): Log
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
  child: () => SILENT,
  isLevelEnabled: () => false,
}
