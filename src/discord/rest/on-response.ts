import type { REST, ResponseLike } from 'discord.js'

/**
 * Calls a listener with every response of a REST client. For the event of discord.js, which does the same, Node would load
 * its own copy of undici beside that of discord.js, with 10 MB.
 */
export function onResponse({ options }: REST, listener: (response: ResponseLike) => void): void {
  const { makeRequest } = options
  options.makeRequest = async (url, init) => {
    const response = await makeRequest(url, init)
    listener(response)
    return response
  }
}
