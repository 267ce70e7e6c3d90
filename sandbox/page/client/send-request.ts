import type { Answer, Asks } from '../protocol.ts'

/** Asks the sandbox for something; where it is gone, nothing answers. */
export async function ask<Name extends keyof Asks>(name: Name, asked: Asks[Name]): Promise<Answer> {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const answer: Answer = await response.json()
    return answer
  } catch {
    return { is: 'unanswered' }
  }
}
