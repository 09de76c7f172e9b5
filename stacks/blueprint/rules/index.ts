import { access } from "./access";
import { addons } from "./addons";
import { cidr } from "./cidr";
import { domains } from "./domains";
import { edge } from "./edge";
import { endpoint } from "./endpoint";
import { exceptions } from "./exceptions";
import { firewall } from "./firewall";
import { identity } from "./identity";
import { karpenter } from "./karpenter";
import { images } from "./images";
import { ipv6 } from "./ipv6";
import { nodes } from "./nodes";
import { platform } from "./platform";
import { region } from "./region";
import type { Rule } from "./rule";
import { runner } from "./runner";
import { subnets } from "./subnets";
import { tags } from "./tags";
import { version } from "./version";
import { zones } from "./zones";

/** Every judgement beyond types, in the order in which a blueprint is read. */
export const rules: readonly Rule[] = [
  region,
  tags,
  access,
  identity,
  exceptions,
  zones,
  cidr,
  subnets,
  domains,
  firewall,
  ipv6,
  version,
  addons,
  endpoint,
  nodes,
  karpenter,
  images,
  edge,
  runner,
  platform,
];
