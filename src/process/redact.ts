/** Matches the tokens of interactions, which are part of the URLs of replies. */
const INTERACTION_TOKEN = /(\/(?:webhooks|interactions)\/\d+\/)[^/?"\s]+/g

/** Replaces the tokens of the bot and of interactions in a log line. */
export function withoutSecrets(line: string, token: string): string {
  const shown = token === '' ? line : line.replaceAll(token, '[token]')
  return shown.replace(INTERACTION_TOKEN, '$1[token]')
}

/** The fields of an error for the log. What was sent to Discord is left out, since it may be text by members. */
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
