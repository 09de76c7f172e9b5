import { account } from "./account";
import { bucket } from "./bucket";
import { cluster } from "./cluster";
import type { Control } from "./control";
import { iam } from "./iam";
import { keys } from "./keys";
import { logs } from "./logs";
import { network } from "./network";

/** Every control by the noun whose file it stands in; an id starts with its noun. */
export const nouns = { account, bucket, cluster, iam, keys, logs, network } as const satisfies Record<
  string,
  readonly Control[]
>;

/** The one catalogue: what preview, tests and documentation all read. */
export const controls: readonly Control[] = Object.values(nouns).flat();
