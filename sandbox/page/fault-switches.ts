/** The faults that the page can switch on and off, by the names it sends them with. */
export const FAULT_NAMES = [
  'gateway',
  'rest',
  'events',
  'permission',
  'posting',
  'lost',
  'limit',
  'bot',
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

export const FAULT_SWITCHES: Readonly<Record<FaultName, { readonly label: string; readonly hint: string }>> =
  {
    gateway: { label: 'Gateway down', hint: 'Custos receives no events and cannot connect.' },
    rest: { label: 'REST fails', hint: 'Discord answers 503 when Custos reads the audit log.' },
    events: { label: 'Events are lost', hint: 'New entries are in the log, but Custos receives no events.' },
    permission: { label: 'No View Audit Log', hint: 'Custos’s role loses the permission.' },
    posting: { label: 'No Send Messages', hint: 'Custos may no longer post in #mod-log.' },
    lost: {
      label: 'Answers to posts are lost',
      hint: 'Discord takes every post, and the connection breaks.',
    },
    limit: { label: 'Posts are limited', hint: 'Discord answers 429 to every post.' },
    bot: { label: 'Custos is stopped', hint: 'Its process ends; its archive stays on disk.' },
  }
