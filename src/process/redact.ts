/** Tokens of interactions stand in the addresses that replies go to. */
const INTERACTION_TOKEN = /(\/(?:webhooks|interactions)\/\d+\/)[^/?"\s]+/g

/** A line of the log without the bot's token or an interaction's. */
export function withoutSecrets(line: string, token: string): string {
  const shown = token === '' ? line : line.replaceAll(token, '[token]')
  return shown.replace(INTERACTION_TOKEN, '$1[token]')
}

/** What the log says of an error: never what was sent to Discord, which may be members' words. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const fields: Readonly<Record<string, unknown>> = { ...error }
  return {
    type: name,
    message,
    stack,
    ...Object.fromEntries(
      ['code', 'status', 'method', 'url'].flatMap((key) => (key in fields ? [[key, fields[key]]] : [])),
    ),
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}
