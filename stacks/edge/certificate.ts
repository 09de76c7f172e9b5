import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Site } from "./site";
import { isDualStack, isKept } from "./site";

/** The zone that the records go into; a zone of ours is known by its ARN too. */
export interface Zone {
  readonly id: pulumi.Output<string>;
  /** Undefined for a zone that was there before and belongs to somebody else. */
  readonly ours: aws.route53.Zone | undefined;
}

/** The zone of the hosts: made, or named. */
export function zone(site: Site): Zone {
  const { zone: asked } = site.edge;

  switch (asked.mode) {
    case "existing":
      return { id: pulumi.output(asked.id), ours: undefined };
    case "create": {
      const args = { name: asked.name, comment: `Names of cluster ${site.blueprint.cluster.name}` };
      const ours = new aws.route53.Zone(site.name, args, { parent: site.parent, protect: isKept(site) });
      return { id: ours.zoneId, ours };
    }
  }
}

/**
 * One certificate for all hosts, each by name, proved by records that stay, so that ACM renews it by itself. The answer
 * is known only once the certificate is issued.
 *
 * @control edge-certificate
 */
export function certificate({ name, edge, parent }: Site, { id: zoneId }: Zone): pulumi.Output<string> {
  const [domainName = "", ...subjectAlternativeNames] = edge.hosts;
  const asked = new aws.acm.Certificate(
    name,
    { domainName, subjectAlternativeNames, validationMethod: "DNS", keyAlgorithm: "RSA_2048" },
    { parent },
  );

  const proofs = edge.hosts.map((host) => {
    const proof = asked.domainValidationOptions.apply((options) => proofOf(host, options));
    return new aws.route53.Record(
      `${name}-proof-${host}`,
      {
        zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
      },
      { parent },
    );
  });

  return new aws.acm.CertificateValidation(
    name,
    { certificateArn: asked.arn, validationRecordFqdns: proofs.map(({ fqdn }) => fqdn) },
    { parent },
  ).certificateArn;
}

type Proof = aws.types.output.acm.CertificateDomainValidationOption;

/** The proof that ACM asks for one host; it answers with a set, in an order of its own. */
export function proofOf(host: string, options: readonly Proof[]): Proof {
  const found = options.find(({ domainName }) => domainName === host);
  if (found === undefined) throw new Error(`ACM asked for no proof of "${host}"`);
  return found;
}

/** Leads each host to the load balancer, once it listens. */
export function aliases(
  site: Site,
  { id: zoneId }: Zone,
  { dnsName, zoneId: aliasZone }: aws.lb.LoadBalancer,
  dependsOn: readonly pulumi.Resource[],
): void {
  const target = [{ name: dnsName, zoneId: aliasZone, evaluateTargetHealth: true }];

  for (const host of site.edge.hosts)
    for (const type of isDualStack(site) ? ["A", "AAAA"] : ["A"])
      new aws.route53.Record(
        `${site.name}-${type.toLowerCase()}-${host}`,
        { zoneId, name: host, type, aliases: target },
        { parent: site.parent, dependsOn: [...dependsOn] },
      );
}
