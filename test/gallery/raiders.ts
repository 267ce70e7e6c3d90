import type { PostScene } from './post-scene.ts'

/** New members of a server, who can be banned. */
export function raiders({ town, discord }: PostScene, count: number): string[] {
  const { world } = discord
  return Array.from({ length: count }, () => {
    const raider = world.addUser(`raid_${40_000 + 7 * world.users.size}`)
    town.guild.addMember(raider, [], world.now())
    return raider.id
  })
}
