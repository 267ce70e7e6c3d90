/** An answer that takes no work. */
export const FIXED_ANSWER = {
  embeds: [{ title: 'Audit log', description: 'Nothing happened.', footer: { text: 'Complete' } }],
}
