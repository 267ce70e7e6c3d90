import { HOUR } from '../world/units.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

/** Messages by channel name. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  general: [
    'Good morning. What is everyone reading?',
    '*Middlemarch*, third attempt. This time I have a pencil.',
    'صباح الخير 🌿',
    'The new arrivals shelf is up, see <#news>.',
    'おはよう。今日は雨だから本の日。',
    'Reading club is on **Thursday**, 20:00. Bring `chapter 7`.',
    'Who deleted the meme with the cat?',
    'Rule 3 did. Be kind, also to cats.',
    'Добрый вечер! Кто дочитал до конца?',
    'I did, and I have *opinions*.',
  ],
  help: [
    'How do I get the Trusted role?',
    'Stay a while, be kind, ask a moderator.',
    'Voice in Study cuts out for me since yesterday',
    'Same here. Leaving and joining again helped.',
  ],
  memes: ['“One more chapter”, a tragedy in five acts', '||the butler did it||', '~~I will sleep early~~'],
  'off-topic': ['Tea or coffee?', '차가 좋아요', 'Coffee until noon, then tea. This is not a debate.'],
  art: ['Bookplate I carved this weekend', 'That is lovely. Linocut?', 'Linocut and patience.'],
  news: ['New on the shelf this week: twelve titles, three of them in translation.'],
  'mod-room': [
    'Quiet night. Two timeouts, one appeal.',
    'Thanks. I take the evening.',
    'Has anyone seen Hannah lately?',
    'Not for weeks. `/audit activity` would know.',
  ],
}

/** Posts messages of the last hours, so that the channels are not empty. */
export function postChatMessages(town: Town, random: Random): void {
  const { discord, guild, moderators, members } = town
  const { world, conversation } = discord
  const people = moderators.filter(({ bot }) => !bot)
  const ids = new Map([...guild.channels.values()].map(({ name, id }) => [name, id]))
  for (const channelId of town.channels) {
    const name = guild.channels.get(channelId)?.name ?? ''
    const lines = LINES[name] ?? []
    for (const [index, line] of lines.entries()) {
      const ago = ((lines.length - index) * 0.7 + random.next() * 0.3) * HOUR
      world.at(world.now() - ago, () => {
        const author = random.pick(name === 'mod-room' || random.chance(0.3) ? people : members)
        const content = line.replace(/<#(\w+)>/g, (_, channel: string) => `<#${ids.get(channel)}>`)
        conversation.postAs(channelId, author, content)
      })
    }
  }
}
