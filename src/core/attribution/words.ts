/** The words that bots and moderators write round a name, in the languages they were found in. */

/** What may stand before an act: `unban`, `hackban`, `mass-ban`. */
const KINDS = '(?:un|soft|hard|hack|force|temp|perma?|mass|multi|bulk|global|shadow|voice|chat)?-?'

/** What a bot can have done for somebody, as it stands before “by”: “Kick by”, “Action requested by”, “Timed out by”. */
const ACTS = [
  `${KINDS}(?:ban|kick|mute|deafen|jail|warn|purge|prune|lock|timeout)`,
  `${KINDS}(?:banned|kicked|muted|deafened|jailed|warned|purged|pruned|locked|timed[ -]?out)`,
  'action|command|request|clean|cleared|cleaned|cleanup|delete|deletion|lockdown|slow ?mode|quarantine|change',
  'requested|issued|performed|executed|done|applied|ordered|authori[sz]ed|initiated|invoked|actioned|enforced|handled',
  'approved|accepted|denied|declined|moderated|punished|quarantined|silenced|restricted|isolated|disconnected|moved',
  'created|deleted|removed|added|edited|updated|changed|modified|set|granted|assigned|given|awarded|revoked|taken',
  'lifted|pardoned|restored|reset|renamed|nicknamed|cloned|nuked|archived|closed|pinned|unpinned|unarchived',
]

/** The same where the word for “by” is another. */
const ACTS_ELSEWHERE = [
  '(?:(?:des)?ban(?:id|ead)|expuls(?:ad)?|punid|mutad|silenciad|castigad|sancionad)[oa] por',
  '(?:banni|expuls[ée]|débanni|exclu)e? par',
  '(?:gebannt|gekickt|entbannt|stummgeschaltet|verwarnt|gemutet) von',
  '(?:bannato|espulso|silenziato) da',
]

export const DONE_BY = `(?:(?:${ACTS.join('|')}) by|${ACTS_ELSEWHERE.join('|')})`

/** Names of the field for who acted that nobody writes in passing. */
export const CERTAIN_LABELS = [
  'responsible(?: (?:moderator|mod|user|staff|admin))?',
  '(?:staff )?moderator|moderatör|moderatore|moderador[ae]?|modérateur|модератор|модер',
  '(?:\\p{L}+\\s?)?(?:executor|punisher|performer|issuer|invoker|enforcer|request[eo]r)',
  'staff member|yetkili|responsável|responsable|verantwortlich(?:er)?',
].join('|')

/** Those that are written in passing too, and name somebody only where a part of the text begins. */
export const LABELS = `${CERTAIN_LABELS}|mod|staff|admin|administrator`

/** With what a text says that the act is another, which somebody else did. */
export const ANOTHER_ACT = /\b(?:previously|already|earlier|formerly|originally|before|never|not|once)\b/i

/** With what a text speaks of the offender's other accounts: who is named at its end is one of those. */
export const OTHER_ACCOUNT = /\b(?:alts?|alternat\w*|evad\w*|evasion|accounts?|acc|impersonat\w*|victims?)\b/i

/** Words that follow a name and are not of it. */
export const AFTER_NAME = [
  'for|because|due|via|using|with|on|at|in|from|through|after|since|until|reason|and|to|as|when|while|who',
  'motivo|razão|razón|raison|grund|причина|sebep|tarafından',
].join('|')

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** What begins prose, and no name. */
export const BEGINS_PROSE = words(
  `a an the this that these those my our your his her its their some any every each all no another other
  me us him them it you i we they someone somebody everyone everybody anyone anybody nobody noone who whoever
  being having getting doing mistake accident request not so now then far law default please see many several`,
)

/** What stands where a name could, and is none: what people are punished for, who is nobody, and Discord's words. */
export const NO_NAME = words(
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

/** What is counted with a # before four digits: no name either. */
export const COUNTED = words(
  'case ticket rule issue log infraction warning strike report appeal modlog warn no',
)
