import facts from "../../../facts/kubernetes-versions.json";
import { daysAfter } from "./exceptions";
import type { Rule } from "./rule";

/** How long before the end of standard support a version is refused: time enough to upgrade without haste. */
const NOTICE_DAYS = 90;

const ends = new Map(Object.entries(facts.versions).map(([version, dates]) => [version, dates.endOfStandardSupport]));

/** The Kubernetes version is in EKS standard support and stays there for another ninety days. */
export const version: Rule = function* (blueprint, today) {
  if (blueprint.layer !== "cluster" || blueprint.cluster?.version === undefined) return;
  const { version } = blueprint.cluster;
  const soon = daysAfter(today, NOTICE_DAYS);
  const lasting = [...ends].filter(([, end]) => end > soon).map(([name]) => name);
  const path = ["cluster", "version"];
  const allowed = `${lasting.join(" or ")}: in EKS standard support for more than ${NOTICE_DAYS} days from ${today}`;
  const newest = lasting.at(-1);
  const fix = newest === undefined ? "update facts/kubernetes-versions.json" : `write version: "${newest}"`;

  const end = ends.get(version);
  if (end === undefined) yield { path, got: `"${version}", which is not in the table of ${facts.asOf}`, allowed, fix };
  else if (end <= today)
    yield { path, got: `"${version}", whose standard support ended on ${end}`, allowed, fix: upgrade(fix) };
  else if (end <= soon)
    yield { path, got: `"${version}", whose standard support ends on ${end}`, allowed, fix: upgrade(fix) };
};

const upgrade = (fix: string) => `${fix}; a running cluster goes up one minor version at a time`;
