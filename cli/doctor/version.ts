import type { Answer, Answers } from "../ask/question";
import type { Line } from "../line";
import { reason } from "../verify/beyond/finding";
import { type Check, known, ofType, valueIn } from "./check";
import type { Plan } from "./plan";

const SUBJECT = "Versions";
const CLUSTER = "aws:eks/cluster:Cluster";
const ADDON = "aws:eks/addon:Addon";

/** Whether EKS offers the Kubernetes version, in standard support, and the pinned add-ons for it. */
export const version: Check = {
  questions: (plan) => [
    ...versionsOf(plan).map((kubernetes) => ({
      id: `kubernetes ${kubernetes}`,
      token: "aws:eks/getClusterVersions:getClusterVersions",
      args: { clusterVersionsOnlies: [kubernetes] },
    })),
    ...addonsOf(plan).flatMap(({ name, kubernetes }) =>
      [false, true].map((mostRecent) => ({
        id: `${mostRecent ? "newest" : "default"} ${name}`,
        token: "aws:eks/getAddonVersion:getAddonVersion",
        args: { addonName: name, kubernetesVersion: kubernetes, mostRecent },
      })),
    ),
  ],
  lines: (plan, answers) => [
    ...versionsOf(plan).map((kubernetes) => kubernetesLine(kubernetes, answers.get(`kubernetes ${kubernetes}`))),
    ...addonsOf(plan).map((addon) => addonLine(addon, answers)),
  ],
};

interface Addon {
  readonly name: string;
  readonly pinned: string;
  readonly kubernetes: string;
}

function versionsOf(plan: Plan): readonly string[] {
  return ofType(plan, CLUSTER).flatMap((cluster) => known(cluster, "version") ?? []);
}

function addonsOf(plan: Plan): readonly Addon[] {
  const [kubernetes] = versionsOf(plan);
  if (kubernetes === undefined) return [];
  return ofType(plan, ADDON).flatMap((addon) => {
    const [name, pinned] = [known(addon, "addonName"), known(addon, "addonVersion")];
    return name === undefined || pinned === undefined ? [] : [{ name, pinned, kubernetes }];
  });
}

function kubernetesLine(kubernetes: string, answer: Answer | undefined): Line {
  const base = { subject: SUBJECT, what: `Kubernetes ${kubernetes}`, needed: "standard support" };
  const found = valueIn(answer, "clusterVersions") as readonly { readonly versionStatus: string }[] | undefined;
  if (found === undefined) return { ...base, state: "unknown", got: whyNot(answer) };
  const status = found[0]?.versionStatus;
  if (status === "STANDARD_SUPPORT") return { ...base, state: "ok", got: "offered, in standard support" };
  const got = status === undefined ? "not offered by EKS" : `in ${status.toLowerCase().replaceAll("_", " ")}`;
  return { ...base, state: "problem", got, fix: "choose another cluster.version" };
}

/**
 * The provider tells the default and the newest version of an add-on and no list: what lies beyond the newest is not offered, what
 * is one of the two is, and of what lies between nobody can be sure.
 */
function addonLine({ name, pinned, kubernetes }: Addon, answers: Answers): Line {
  const base = { subject: SUBJECT, what: name };
  const [usual, newest] = ["default", "newest"].map((which) => valueIn(answers.get(`${which} ${name}`), "version"));
  if (typeof usual !== "string" || typeof newest !== "string")
    return { ...base, state: "unknown", got: whyNot(answers.get(`newest ${name}`)) };
  const offers = usual === newest ? newest : `${usual} to ${newest}`;
  if (pinned === usual || pinned === newest)
    return { ...base, state: "ok", got: `${pinned} is offered for ${kubernetes}` };
  if (compare(pinned, newest) > 0) {
    const fix = `pin ${newest} under addons, and correct facts/addon-versions.json`;
    return { ...base, state: "problem", got: `newest for ${kubernetes} is ${newest}`, needed: pinned, fix };
  }
  return {
    ...base,
    state: "unknown",
    got: `${pinned} is pinned, AWS names ${offers}`,
    fix: `aws eks describe-addon-versions --kubernetes-version ${kubernetes} --addon-name ${name}`,
  };
}

/** `v1.21.1-eksbuild.3` against another: by its numbers in their order. */
function compare(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.match(/\d+/g)?.map(Number) ?? []);
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function whyNot(answer: Answer | undefined): string {
  return answer !== undefined && "error" in answer ? reason(answer.error) : "no answer";
}
