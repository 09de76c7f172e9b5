import type { Control } from "../control";
import { acl } from "./acl";
import { clusterPolicy } from "./cluster-policy";
import { controlPlane } from "./control-plane";
import { dns } from "./dns";
import { endpoints } from "./endpoints";
import { groups } from "./groups";
import { vpc } from "./vpc";

/** What every network promises. */
export const network: readonly Control[] = [
  ...vpc,
  ...groups,
  ...acl,
  ...endpoints,
  ...dns,
  ...controlPlane,
  ...clusterPolicy,
];
