import type { Behaviour } from "../../behaviour";
import { endpoint } from "./endpoint";
import { flowLog } from "./flow-log";
import { gateway } from "./gateway";
import { instance } from "./instance";
import { launchTemplate } from "./launch-template";
import { networkAcl } from "./network-acl";
import { routing } from "./routing";
import { securityGroup } from "./security-group";
import { setting } from "./setting";
import { subnet } from "./subnet";
import { vpc } from "./vpc";

/** Networks, what is in them, and the account's EC2 settings. */
export const ec2: readonly Behaviour[] = [
  ...vpc,
  ...subnet,
  ...gateway,
  ...routing,
  ...securityGroup,
  ...networkAcl,
  ...flowLog,
  ...endpoint,
  ...instance,
  ...launchTemplate,
  ...setting,
];
