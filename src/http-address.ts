/** Where a server listens. */
export interface HttpAddress {
  readonly host: string
  readonly port: number
}

/** Reads a host and a port, or a port on loopback; undefined if a text is neither. */
export function parseHttpAddress(text: string): HttpAddress | undefined {
  const [, inBrackets, name = '127.0.0.1', digits] =
    /^(?:(?:\[([\da-f:.]+)\]|([\w.-]+))?:)?(\d{1,5})$/i.exec(text) ?? []
  const port = Number(digits)
  return port >= 1 && port <= 65_535 ? { host: inBrackets ?? name, port } : undefined
}
