import { words } from "../../component";
import type { Line } from "../../line";
import { type Finding, type Look, outputsOf, textIn } from "./finding";

/** Where the provider reads a state, and the state in which the resource does its work. */
const WORKING: Readonly<Record<string, { readonly property: string; readonly state: string }>> = {
  "aws:acm/certificate:Certificate": { property: "status", state: "ISSUED" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { property: "state", state: "available" },
  "aws:eks/cluster:Cluster": { property: "status", state: "ACTIVE" },
  "aws:eks/identityProviderConfig:IdentityProviderConfig": { property: "status", state: "ACTIVE" },
  "aws:eks/nodeGroup:NodeGroup": { property: "status", state: "ACTIVE" },
};

const SUBJECT = "What is at work";

/** Whether everything that has a state is in the one in which it works; AWS keeps what failed, and the engine holds it as made. */
export const status: Look = {
  questions: () => [],
  find: (held): Finding => ({
    items: [],
    lines: Object.entries(WORKING).flatMap(([type, { property, state }]) => {
      const all = held.items.filter((item) => item.type === type);
      const idle = all.filter((item) => textIn(outputsOf(held, item), property) !== state);
      return [
        ...idle.map((item): Line => {
          const got = textIn(outputsOf(held, item), property) || "AWS names no state";
          const fix = `look at it in the AWS console: ${item.ids?.[0] ?? item.name}`;
          return { state: "problem", subject: SUBJECT, what: `${words(type)} ${item.name}`, got, needed: state, fix };
        }),
        ...(all.length > 0 && idle.length === 0
          ? [{ state: "ok", subject: SUBJECT, what: words(type), got: `${all.length} ${state}` } satisfies Line]
          : []),
      ];
    }),
  }),
};
