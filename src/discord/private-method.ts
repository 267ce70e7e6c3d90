/**
 * A method that is private in discord.js or its packages, which have no public equivalent.
 * @throws Error when it is no longer there
 */
export function privateMethod(holder: unknown, name: string): (...parameters: never[]) => unknown {
  const method: unknown = typeof holder === 'object' && holder ? Reflect.get(holder, name) : undefined
  if (!isFunction(method)) throw new Error(`discord.js no longer has the private method ${name}.`)
  return method
}

function isFunction(value: unknown): value is (...parameters: never[]) => unknown {
  return typeof value === 'function'
}
