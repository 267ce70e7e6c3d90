/**
 * Abbreviations of time zones, with the offset or IANA zone of each. Abbreviations of standard or summer time (`EST`,
 * `CEST`) have a fixed offset. Those that are neither, or are used for both (`ET`, and `CET`, `MEZ`, `EET` and `WET`),
 * follow a place that changes its clocks. Where several zones share an abbreviation, it is the one that most people
 * use.
 * https://en.wikipedia.org/wiki/List_of_time_zone_abbreviations
 */
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  GMT: 'UTC',
  Z: 'UTC',
  // Europe
  WET: 'Europe/Lisbon',
  WEST: '+01:00',
  BST: '+01:00',
  CET: 'Europe/Paris',
  CEST: '+02:00',
  MEZ: 'Europe/Paris',
  MESZ: '+02:00',
  EET: 'Europe/Athens',
  EEST: '+03:00',
  MSK: '+03:00',
  // North America
  NST: '-03:30',
  NDT: '-02:30',
  AST: '-04:00',
  ADT: '-03:00',
  ET: 'America/New_York',
  EST: '-05:00',
  EDT: '-04:00',
  CT: 'America/Chicago',
  CST: '-06:00',
  CDT: '-05:00',
  MT: 'America/Denver',
  MST: '-07:00',
  MDT: '-06:00',
  PT: 'America/Los_Angeles',
  PST: '-08:00',
  PDT: '-07:00',
  AKST: '-09:00',
  AKDT: '-08:00',
  HST: '-10:00',
  // South America
  BRT: '-03:00',
  ART: '-03:00',
  UYT: '-03:00',
  CLT: '-04:00',
  CLST: '-03:00',
  VET: '-04:00',
  COT: '-05:00',
  PET: '-05:00',
  ECT: '-05:00',
  // Africa
  WAT: '+01:00',
  CAT: '+02:00',
  SAST: '+02:00',
  EAT: '+03:00',
  // Asia
  GST: '+04:00',
  PKT: '+05:00',
  IST: '+05:30',
  NPT: '+05:45',
  ICT: '+07:00',
  WIB: '+07:00',
  HKT: '+08:00',
  MYT: '+08:00',
  PHT: '+08:00',
  SGT: '+08:00',
  JST: '+09:00',
  KST: '+09:00',
  // Australia and New Zealand
  AWST: '+08:00',
  ACST: '+09:30',
  ACDT: '+10:30',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
}

/** `pacific`, `eastern standard time`: the first letters are the abbreviation. */
const IN_WORDS = /\b(?:us )?([pmce])(?:acific|ountain|entral|astern)(?: (s)tandard| (d)aylight)?(?: time)?\b/

/** The text with the abbreviation of a time zone in place of its name: `10am PT` for `10am pacific`. */
export function zoneHints(typed: string): string[] {
  const [words, letter, standard = '', daylight = ''] = IN_WORDS.exec(typed) ?? []
  return words === undefined ? [] : [typed.replace(words, `${letter}${standard}${daylight}t`.toUpperCase())]
}
