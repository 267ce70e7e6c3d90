import type { Config } from '../config.ts'

/** Matches the tokens of interactions, which are part of the URLs of replies. */
const INTERACTION_TOKEN = /(\/(?:webhooks|interactions)\/\d+\/)[^/?"\s]+/g

/** Matches the password in the address of a database. */
const URL_PASSWORD = /(\bpostgres(?:ql)?:\/\/[^\s:@/"]*:)[^\s@"]+@/gi

/** A shorter password is a word that a log has anyway, such as `custos`. */
const SHORTEST_PASSWORD = 8

/** What a log must not show: the bot's token, and the password of the archive, as texts and as in JSON and in addresses. */
export function secretsOf({ token, archive }: Pick<Config, 'token' | 'archive'>): string[] {
  const password = archive.type === 'postgres' ? archive.password : ''
  const secrets =
    password.length < SHORTEST_PASSWORD ? [token] : [token, password, encodeURIComponent(password)]
  return [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))]
}

/** Replaces secrets in a log line: those given, the tokens of interactions, and passwords in addresses. */
export function withoutSecrets(line: string, secrets: readonly string[]): string {
  let shown = line
  for (const secret of secrets) if (secret !== '') shown = shown.replaceAll(secret, '[secret]')
  return shown.replace(INTERACTION_TOKEN, '$1[token]').replace(URL_PASSWORD, '$1[secret]@')
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
