import type { AccountBlueprint, Blueprint, ClusterBlueprint } from "../../stacks/blueprint/schema";

type Says<Of = ClusterBlueprint> = (blueprint: Of) => boolean;

const counts = ({ edge }: ClusterBlueprint): boolean =>
  [edge?.waf.bodySize, edge?.waf.anonymousIps, edge?.waf.botControl, edge?.waf.challenge].some(
    (rule) => rule?.action === "count",
  );

const isGoing = ({ teardown }: ClusterBlueprint): boolean => teardown !== undefined;
const isGoingWithEdge = ({ teardown, edge }: ClusterBlueprint): boolean => teardown !== undefined && edge !== undefined;

/** Options that a control reports although the configuration gives a reason: what then needs a waiver. One line each. */
const WEAKER: readonly (readonly [says: Says, reports: string])[] = [
  [({ cluster }) => cluster.endpoint.access === "public", "cluster-private-endpoint"],
  [counts, "edge-waf-enforced"],
  [({ nodes }) => Object.values(nodes.pools).some(({ hopLimit }) => hopLimit !== undefined), "nodes-metadata-hops"],
  [({ images }) => images.some(({ scanning }) => scanning.by === "nobody"), "image-scanned"],
  [isGoing, "cluster-deletion-protection"],
  [isGoing, "cluster-protected"],
  [isGoing, "keys-protected"],
  [isGoing, "logs-protected"],
  [isGoing, "network-dns-firewall-locked"],
  [({ teardown, network }) => teardown !== undefined && network.mode === "create", "network-protected"],
  [({ teardown, edge, runner }) => teardown !== undefined && (edge ?? runner) !== undefined, "bucket-kept"],
  [isGoingWithEdge, "edge-deletion-protection"],
  [isGoingWithEdge, "edge-targets-kept"],
];

const WEAKER_ACCOUNT: readonly (readonly [says: Says<AccountBlueprint>, reports: string])[] = [
  [({ ebsEncryption }) => ebsEncryption.managed === "off", "account-ebs-encryption"],
  [({ instanceMetadata }) => instanceMetadata.managed === "off", "account-instance-metadata"],
  [({ instanceMetadata }) => instanceMetadata.managed === "off", "account-metadata-hops"],
  [({ imageBlockPublicAccess }) => imageBlockPublicAccess.managed === "off", "account-image-block-public-access"],
];

/** The controls that must report this blueprint, and no others. */
export function reportedBy(blueprint: Blueprint): readonly string[] {
  switch (blueprint.layer) {
    case "account":
      return reports(WEAKER_ACCOUNT, blueprint);
    case "cluster":
      return reports(WEAKER, blueprint);
    case "platform":
    case "state":
      return [];
  }
}

function reports<Of>(weaker: readonly (readonly [Says<Of>, string])[], blueprint: Of): readonly string[] {
  return weaker
    .filter(([says]) => says(blueprint))
    .map(([, control]) => control)
    .toSorted();
}
