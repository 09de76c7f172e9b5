import { addons } from "./addons";
import { edge } from "./edge";
import { endpoint } from "./endpoint";
import { form } from "./form";
import { identity } from "./identity";
import { karpenter } from "./karpenter";
import { image } from "./image";
import { network } from "./network";
import { nodes } from "./nodes";
import { people } from "./people";
import { platform } from "./platform";
import { runner } from "./runner";
import { settings } from "./settings";
import { time } from "./time";
import type { Hostile } from "./row";

export type { Hostile } from "./row";

/** Every hostile configuration. */
export const hostile: readonly Hostile[] = [
  ...form,
  ...settings,
  ...network,
  ...endpoint,
  ...edge,
  ...time,
  ...people,
  ...nodes,
  ...image,
  ...addons,
  ...identity,
  ...karpenter,
  ...runner,
  ...platform,
];
