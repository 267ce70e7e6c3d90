type Write = (fields: object, message: string) => void

/** The part of a logger that Custos uses. */
export interface Log {
  debug: Write
  info: Write
  warn: Write
  error: Write
}

const ignore: Write = () => {}

/** A log that writes nothing. */
export const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
