/** The words that bots and moderators write beside a name, in the languages in which they were found. */

/** Prefixes of an act: `unban`, `hackban`, `mass-ban` */
const PREFIX = '(?:un|soft|hard|hack|force|temp|perma?|mass|multi|bulk|global|shadow|voice|chat)?-?'

/** What a bot can have done for a moderator, as written before “by”: “Kick by”, “Action requested by” */
const ACTS = [
  `${PREFIX}(?:ban|kick|mute|deafen|jail|warn|purge|prune|lock|timeout)`,
  `${PREFIX}(?:banned|kicked|muted|deafened|jailed|warned|purged|pruned|locked|timed[ -]?out)`,
  'action|command|request|clean|cleared|cleaned|cleanup|delete|deletion|lockdown|slow ?mode|quarantine|change',
  'requested|issued|performed|executed|done|applied|ordered|authori[sz]ed|initiated|invoked|actioned|enforced|handled',
  'approved|accepted|denied|declined|moderated|punished|quarantined|silenced|restricted|isolated|disconnected|moved',
  'created|deleted|removed|added|edited|updated|changed|modified|set|granted|assigned|given|awarded|revoked|taken',
  'lifted|pardoned|restored|reset|renamed|nicknamed|cloned|nuked|archived|closed|pinned|unpinned|unarchived',
]

/** The same in other languages, with their words for “by”. */
const ACTS_IN_OTHER_LANGUAGES = [
  '(?:(?:des)?ban(?:id|ead)|expuls(?:ad)?|punid|mutad|silenciad|castigad|sancionad)[oa] por',
  '(?:banni|expuls[ée]|débanni|exclu)e? par',
  '(?:gebannt|gekickt|entbannt|stummgeschaltet|verwarnt|gemutet) von',
  '(?:bannato|espulso|silenziato) da',
]

export const DONE_BY = `(?:(?:${ACTS.join('|')}) by|${ACTS_IN_OTHER_LANGUAGES.join('|')})`

/** Labels for the moderator that nobody uses in ordinary sentences. */
export const CERTAIN_LABELS = [
  'responsible(?: (?:moderator|mod|user|staff|admin))?',
  '(?:staff )?moderator|moderatör|moderatore|moderador[ae]?|modérateur|модератор|модер',
  '(?:\\p{L}+\\s?)?(?:executor|punisher|performer|issuer|invoker|enforcer|request[eo]r)',
  'staff member|yetkili|responsável|responsable|verantwortlich(?:er)?',
].join('|')

/** All labels. Those that are used in sentences too count only at the start of a part of the text. */
export const LABELS = `${CERTAIN_LABELS}|mod|staff|admin|administrator`

/** Words that show that a text is about another act, by somebody else. */
export const OTHER_ACT = /\b(?:previously|already|earlier|formerly|originally|before|never|not|once)\b/i

/** Words that show that a text is about the offender's other accounts, so that the person named at its end is one. */
export const OTHER_ACCOUNT = /\b(?:alts?|alternat\w*|evad\w*|evasion|accounts?|acc|impersonat\w*|victims?)\b/i

/** Words that follow a name and are not part of it. */
export const AFTER_NAME = [
  'for|because|due|via|using|with|on|at|in|from|through|after|since|until|reason|and|to|as|when|while|who',
  'motivo|razão|razón|raison|grund|причина|sebep|tarafından',
].join('|')

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Words that begin a sentence, and not a name. */
export const BEGINS_SENTENCE = words(
  `a an the this that these those my our your his her its their some any every each all no another other
  me us him them it you i we they someone somebody everyone everybody anyone anybody nobody noone who whoever
  being having getting doing mistake accident request not so now then far law default please see many several`,
)

/** Words that are not names where a name could be: offences, nobody in particular, and Discord's terms. */
export const NOT_A_NAME = words(
  `spam spamming spammer spambot scam scams scamming scammer phishing raid raiding raider nsfw nsfl gore porn bot bots
  botting selfbot self-bot alt alts evasion evading evade ban bans banned kick kicked mute muted warn warned warning
  warnings timeout unban unmute softban tempban strike strikes toxic toxicity troll trolling harassment harassing
  racism racist slur slurs hate homophobia transphobia sexism bigotry insult insults insulting abuse threats doxxing
  doxing nitro ads ad advertising advertisement promo promotion selfpromo invite invites link links flood flooding
  caps mentions pings pinging ping impersonation underage age inactivity inactive troller hacked hack compromised
  reason reasons rule rules note notes info context evidence proof source update edit edited appeal appealed
  appealable case ticket report log logs duration time length permanent perm temporary temp until expires expired
  again lol test testing na n/a none null undefined unknown nothing yes ok okay
  mod mods moderator moderators staff admin admins administrator administrators owner owners team
  server discord system auto automatic automatically automod automoderation auto-mod automoderator autorole
  antispam anti-spam antiraid anti-raid antinuke anti-nuke verification verify verified captcha security filter
  dashboard role roles channel channels message messages member members user users target action command
  hand force proxy association chance design vote popular demand request error bug tos raidmode
  http https www discord.gg e.g i.e ex eg ps tl dr fyi btw`,
)

/** Words that are followed by a number with a `#`, and so are not names: `case #1234` */
export const NUMBERED = words(
  'case ticket rule issue log infraction warning strike report appeal modlog warn no',
)
