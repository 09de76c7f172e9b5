import { account } from "./account";
import { addons } from "./addons";
import { audit } from "./audit";
import { bucket } from "./bucket";
import { charts } from "./charts";
import { cluster } from "./cluster";
import type { Control } from "./control";
import { controllers } from "./controllers";
import { detection } from "./detection";
import { edge } from "./edge";
import { externalSecret } from "./external-secret";
import { gateway } from "./gateway";
import { iam } from "./iam";
import { identity } from "./identity";
import { ingress } from "./ingress";
import { karpenter } from "./karpenter";
import { image } from "./image";
import { keys } from "./keys";
import { kyverno } from "./kyverno";
import { logs } from "./logs";
import { mesh } from "./mesh";
import { network } from "./network";
import { nodes } from "./nodes";
import { pods } from "./pods";
import { queue } from "./queue";
import { runner } from "./runner";
import { tunnel } from "./tunnel";
import { userData } from "./user-data";
import { webhook } from "./webhook";

/** Every control by the noun whose file it stands in; an id starts with its noun. */
export const nouns = {
  account,
  addons,
  audit,
  bucket,
  charts,
  cluster,
  controllers,
  detection,
  edge,
  "external-secret": externalSecret,
  gateway,
  iam,
  identity,
  ingress,
  karpenter,
  image,
  keys,
  kyverno,
  logs,
  mesh,
  network,
  nodes,
  pods,
  queue,
  runner,
  tunnel,
  "user-data": userData,
  webhook,
} as const satisfies Record<string, readonly Control[]>;

/** The one catalogue: what preview, tests and documentation all read. */
export const controls: readonly Control[] = Object.values(nouns).flat();
