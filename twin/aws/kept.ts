import type { World } from "../behaviour";

/**
 * What an earlier answer said, or a new value when there was none: outputs are asked for again after every update, and
 * a creation time or an address must not change then.
 */
export function kept(world: World, token: string, id: string, property: string, otherwise: unknown): unknown {
  return world.find(token, id)?.properties[property] ?? otherwise;
}
