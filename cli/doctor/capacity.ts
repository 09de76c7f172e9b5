import type { Line } from "../line";
import { reason } from "../verify/beyond/finding";
import { type Check, known, listIn, ofType } from "./check";
import type { Plan } from "./plan";

const SUBJECT = "The region";
const SUBNET = "aws:ec2/subnet:Subnet";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Places that cannot host a control plane, by zone id (EKS user guide, "VPC and subnet considerations"). */
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** Whether the region has the zones and, in each of them, the instance types that the nodes need. */
export const capacity: Check = {
  questions: (plan) => [
    { id: "zones", token: "aws:index/getAvailabilityZones:getAvailabilityZones", args: { state: "available" } },
    ...instanceTypes(plan).map((type) => ({
      id: `offers ${type}`,
      token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings",
      args: { locationType: "availability-zone", filters: [{ name: "instance-type", values: [type] }] },
    })),
  ],
  lines: (plan, answers) => {
    const zones = zonesOf(plan);
    const available = listIn(answers.get("zones"), "names");
    const ids = listIn(answers.get("zones"), "zoneIds") ?? [];
    const isFit = (zone: string): boolean =>
      available?.includes(zone) === true && !WITHOUT_EKS.includes(ids[available.indexOf(zone)] ?? "");
    const missing = zones.filter((zone) => !isFit(zone));
    const what = "availability zones";
    const zoneLine: Line =
      available === undefined
        ? { state: "unknown", subject: SUBJECT, what, got: whyNot(answers.get("zones")) }
        : {
            state: missing.length === 0 ? "ok" : "problem",
            subject: SUBJECT,
            what,
            got:
              missing.length === 0
                ? `${zones.join(", ")} are available`
                : `not available, or without EKS: ${missing.join(", ")}`,
            needed: zones.join(", "),
            fix: `choose among ${available.filter(isFit).join(", ")} under network.zones`,
          };
    return [
      ...(zones.length > 0 ? [zoneLine] : []),
      ...instanceTypes(plan).map((type) => offered(type, zones, answers.get(`offers ${type}`))),
    ];
  },
};

/** The instance types of all planned node groups. */
export function instanceTypes(plan: Plan): readonly string[] {
  return [
    ...new Set(
      ofType(plan, NODE_GROUP).flatMap(({ inputs }) => (inputs["instanceTypes"] as string[] | undefined) ?? []),
    ),
  ];
}

function zonesOf(plan: Plan): readonly string[] {
  const zones = ofType(plan, SUBNET).flatMap((subnet) => known(subnet, "availabilityZone") ?? []);
  return [...new Set(zones)].toSorted();
}

type Answer = Parameters<typeof listIn>[0];

function offered(type: string, zones: readonly string[], answer: Answer): Line {
  const [base, places] = [{ subject: SUBJECT, what: type }, listIn(answer, "locations")];
  if (places === undefined) return { ...base, state: "unknown", got: whyNot(answer) };
  const missing = zones.filter((zone) => !places.includes(zone));
  if (places.length > 0 && missing.length === 0) return { ...base, state: "ok", got: "offered in every zone" };
  return {
    ...base,
    state: "problem",
    got: places.length === 0 ? "not offered in this region" : `not offered in ${missing.join(", ")}`,
    needed: zones.join(", "),
    fix: "name another instance type, or other zones: nodes of this one would never start there",
  };
}

function whyNot(answer: Answer): string {
  return answer !== undefined && "error" in answer ? reason(answer.error) : "no answer";
}
