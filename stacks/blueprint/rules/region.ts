import facts from "../../../facts/regions.json";
import { nearest } from "../nearest";
import type { Rule } from "./rule";

/** True for a Region of the table. */
export const isRegion = (region: string | undefined): region is string =>
  region !== undefined && facts.regions.includes(region);

/** The region exists, so that a typing error is found here and not by a time-out. */
export const region: Rule = function* ({ region }) {
  if (region === undefined || isRegion(region)) return;
  const meant = nearest(region, facts.regions);
  yield {
    path: ["region"],
    allowed: `one of the ${facts.regions.length} Regions of the aws partition that facts/regions.json lists`,
    fix: meant === undefined ? "write region: eu-central-1" : `did you mean region: ${meant}`,
  };
};
