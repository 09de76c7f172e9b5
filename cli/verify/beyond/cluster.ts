import type { Item } from "../../../policies/inventory";
import type { Answers } from "../../ask/question";
import type { Line } from "../../line";
import { answered, type Finding, type Look, ofType, textIn, textsIn } from "./finding";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBJECT = "The cluster";

const nameOf = ({ inputs }: Item): string => textIn(inputs, "name");

/** Whether EKS itself says that the cluster is up and of the version asked for, and whose node groups it has. */
export const cluster: Look = {
  questions: (held) =>
    ofType(held, CLUSTER).flatMap((one) => [
      { id: `cluster ${nameOf(one)}`, token: "aws:eks/getCluster:getCluster", args: { name: nameOf(one) } },
      {
        id: `node groups ${nameOf(one)}`,
        token: "aws:eks/getNodeGroups:getNodeGroups",
        args: { clusterName: nameOf(one) },
      },
    ]),
  find: (held, answers): Finding => {
    const ours = ofType(held, NODE_GROUP).map(({ inputs }) => textIn(inputs, "nodeGroupName"));
    const lines = ofType(held, CLUSTER).flatMap((one) => [life(one, answers), groups(one, ours, answers)]);
    return { lines, items: [] };
  },
};

function life(one: Item, answers: Answers): Line {
  const what = `cluster ${nameOf(one)}`;
  const said = answered(answers.get(what), SUBJECT, what);
  if ("line" in said) return said.line;
  const [status, version] = [textIn(said.value, "status"), textIn(said.value, "version")];
  const wanted = textIn(one.inputs, "version");
  const isSo = status === "ACTIVE" && version === wanted;
  return {
    state: isSo ? "ok" : "problem",
    subject: SUBJECT,
    what,
    got: `${status}, Kubernetes ${version}`,
    needed: `ACTIVE, Kubernetes ${wanted}`,
    ...(!isSo && {
      fix: "look at the cluster's health in the EKS console; a version that was raised by hand belongs into the configuration",
    }),
  };
}

function groups(one: Item, ours: readonly string[], answers: Answers): Line {
  const what = `node groups of ${nameOf(one)}`;
  const said = answered(answers.get(`node groups ${nameOf(one)}`), SUBJECT, what);
  if ("line" in said) return said.line;
  const strangers = textsIn(said.value, "names").filter((name) => !ours.includes(name));
  if (strangers.length === 0) return { state: "ok", subject: SUBJECT, what, got: `${ours.length}, all of this stack` };
  return {
    state: "problem",
    subject: SUBJECT,
    what,
    got: `${strangers.join(", ")}, made outside this stack`,
    needed: "only node groups of the configuration",
    fix: "delete it, or describe it under nodes: its template, disks and metadata settings were judged by nobody",
  };
}
