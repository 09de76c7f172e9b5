import type { World } from "../behaviour";

/** The ARN of a regional resource of this account. */
export const regionalArn = (world: World, service: string, resource: string): string =>
  `arn:aws:${service}:${world.region}:${world.accountId}:${resource}`;

/** The ARN of a resource that belongs to the account but to no region: IAM, Shield. */
export const globalArn = (world: World, service: string, resource: string): string =>
  `arn:aws:${service}::${world.accountId}:${resource}`;

/** The account an ARN names, or undefined for AWS's own (`arn:aws:iam::aws:policy/…`) and for what is no ARN. */
export const accountOf = (arn: string): string | undefined => /^arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/.exec(arn)?.[1];
