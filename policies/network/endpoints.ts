import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { allowsOf, coversEverything, pinned, type Statement } from "../iam-document";
import type { Item } from "../inventory";
import { VPC, vpcWith } from "./example";

const ENDPOINT = token<aws.ec2.VpcEndpointArgs>("aws:ec2/vpcEndpoint:VpcEndpoint");
const NAT = token<aws.ec2.NatGatewayArgs>("aws:ec2/natGateway:NatGateway");
const GATEWAY = token<aws.ec2.InternetGatewayArgs>("aws:ec2/internetGateway:InternetGateway");

// Without a way out a cluster starts only if each of these answers inside the VPC (catalogue row EKS-NET-13).
const NEEDED = [
  "ecr.api",
  "ecr.dkr",
  "sts",
  "ec2",
  "logs",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "autoscaling",
  "ssm",
  "s3",
];
const BOUNDS = ["aws:PrincipalAccount", "aws:ResourceAccount", "aws:PrincipalOrgID", "aws:ResourceOrgID"];

const base = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.ecr.api", vpcEndpointType: "Interface" };
const policy = (statement: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:*", Resource: "*", ...statement }] });

/** The private ways to AWS. */
export const endpoints: readonly Control[] = [
  inventoryControl({
    id: "network-endpoints-complete",
    title: "A VPC without a way out has an endpoint for everything a cluster needs",
    severity: "high",
    why: "without the endpoints nodes never join, and nobody sees why from outside",
    fix: "let Network make the endpoints, or add the missing ones",
    refs: { catalogue: "EKS-NET-13", securityHub: ["EC2.10", "EC2.55", "EC2.56", "EC2.57"] },
    about: [VPC],
    *check(one, inventory) {
      if (inventory.all(NAT).length > 0 || inventory.linking(GATEWAY, "vpcId", one).length > 0) return;
      const present = inventory.linking(ENDPOINT, "vpcId", one).map(({ inputs }) => inputs.serviceName ?? "");
      const missing = NEEDED.filter((service) => !present.some((name) => name.endsWith(`.${service}`)));
      if (missing.length > 0) yield `the VPC has no way out and no endpoint for ${missing.join(", ")}`;
    },
    good: [
      vpcWith(...NEEDED.map(endpointOf)),
      vpcWith((vpc) => item(GATEWAY, "main", {}, { links: { vpcId: [vpc] } })),
    ],
    bad: [vpcWith(), vpcWith(...NEEDED.slice(1).map(endpointOf))],
  }),

  resourceControl({
    id: "network-endpoint-policies",
    title: "Endpoints serve our own account or organisation only",
    severity: "high",
    why: "an endpoint with AWS's default policy carries stolen data into anybody's bucket without touching the internet",
    fix: "give the endpoint a policy that pins `aws:PrincipalAccount` or `aws:ResourceAccount`, or names resources",
    refs: { catalogue: "EKS-NET-14" },
    resource: ENDPOINT,
    *check({ policy: document }) {
      if (document === undefined) yield { path: "policy", message: "the endpoint serves everybody" };
      else if (!allowsOf(document).every(bounded))
        yield { path: "policy", message: "the endpoint's policy admits any account's resources" };
    },
    good: [
      { ...base, policy: policy({ Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }) },
      {
        ...base,
        policy: policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*" }),
      },
    ],
    bad: [
      base,
      { ...base, policy: policy({}) },
      { ...base, policy: policy({ Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } } }) },
    ],
  }),

  resourceControl({
    id: "network-endpoints-private",
    title: "AWS is reached by private addresses under its usual names",
    severity: "medium",
    why: "a gateway endpoint is public addresses, which no network policy can name; without private names clients go round the endpoint",
    fix: "make the endpoint of type Interface with `privateDnsEnabled: true`",
    refs: {},
    resource: ENDPOINT,
    *check({ vpcEndpointType, privateDnsEnabled }) {
      if (vpcEndpointType !== "Interface")
        yield { path: "vpcEndpointType", message: `the endpoint is of type ${vpcEndpointType ?? "Gateway"}` };
      else if (privateDnsEnabled !== true)
        yield { path: "privateDnsEnabled", message: "the service's usual name leads past the endpoint" };
    },
    good: [{ ...base, privateDnsEnabled: true }],
    bad: [
      base,
      { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3" },
      { ...base, vpcEndpointType: "Gateway" },
    ],
  }),
];

function bounded(statement: Statement): boolean {
  const pins = BOUNDS.flatMap((key) => pinned(statement, key));
  return pins.some((pin) => !/[*?]/.test(pin)) || !coversEverything(statement);
}

function endpointOf(service: string): (vpc: Item) => Item {
  return (vpc) =>
    item(
      ENDPOINT,
      service,
      { ...base, serviceName: `com.amazonaws.eu-central-1.${service}` },
      { links: { vpcId: [vpc] } },
    );
}
