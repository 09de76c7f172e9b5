import { account } from "./account";
import { addons } from "./addons";
import { bucket } from "./bucket";
import { charts } from "./charts";
import { cluster } from "./cluster";
import type { Control } from "./control";
import { controllers } from "./controllers";
import { edge } from "./edge";
import { iam } from "./iam";
import { identity } from "./identity";
import { karpenter } from "./karpenter";
import { image } from "./image";
import { keys } from "./keys";
import { logs } from "./logs";
import { network } from "./network";
import { nodes } from "./nodes";
import { queue } from "./queue";
import { runner } from "./runner";
import { tunnel } from "./tunnel";
import { userData } from "./user-data";

/** Every control by the noun whose file it stands in; an id starts with its noun. */
export const nouns = {
  account,
  addons,
  bucket,
  charts,
  cluster,
  controllers,
  edge,
  iam,
  identity,
  karpenter,
  image,
  keys,
  logs,
  network,
  nodes,
  queue,
  runner,
  tunnel,
  "user-data": userData,
} as const satisfies Record<string, readonly Control[]>;

/** The one catalogue: what preview, tests and documentation all read. */
export const controls: readonly Control[] = Object.values(nouns).flat();
