import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "./control";
import { type Granting, ROLE_POLICY } from "./iam/permissions";
import { isForPods, rightsOf } from "./iam/rights";
import { covers, coversEverything, pinned, type Statement } from "./iam-document";
import type { Inventory, Subject } from "./inventory";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");

/** Whatever makes or widens a way in from outside, or takes away what watches one. */
const DOORS = [
  ...["AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "ModifySecurityGroupRules"].map((one) => `ec2:${one}`),
  ...["AssociateAddress", "CreateInternetGateway", "CreateRoute"].map((one) => `ec2:${one}`),
  ...["CreateLoadBalancer", "CreateListener", "CreateRule", "ModifyListener", "ModifyRule", "ModifyTargetGroup"]
    .concat("ModifyLoadBalancerAttributes", "SetSecurityGroups", "SetSubnets", "SetWebAcl", "AddTags", "DeleteListener")
    .map((one) => `elasticloadbalancing:${one}`),
  ...["AssociateWebACL", "DisassociateWebACL", "UpdateWebACL"].map((one) => `wafv2:${one}`),
  ...["ChangeResourceRecordSets"].map((one) => `route53:${one}`),
];

const group = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup";
const ours = { StringEquals: { "aws:ResourceTag/bulwark:cluster": "production" } };
const secret = (path: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${path}`;

/** What the platform's controllers may do in AWS: whoever takes one over has its rights. */
export const controllers: readonly Control[] = [
  inventoryControl({
    id: "controllers-open-nothing",
    title: "No pod can open a way into the network",
    severity: "critical",
    why: "a controller that makes load balancers makes them for whoever can write an Ingress, past the web ACL",
    fix: "let this program make load balancers, rules and records; give the controller RegisterTargets and DeregisterTargets",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      const opening = rights(role, inventory).flatMap((one) => DOORS.filter((action) => covers(one, action)));
      if (opening.length > 0) yield `pods with this role may ${[...new Set(opening)].join(", ")}`;
    },
    good: [
      pod({ Action: "elasticloadbalancing:RegisterTargets", Resource: `${group}/a/1` }),
      pod({ Action: "elasticloadbalancing:CreateLoadBalancer", Resource: "*" }, "lambda.amazonaws.com"),
    ],
    bad: [
      pod({ Action: "elasticloadbalancing:CreateLoadBalancer", Resource: "*", Condition: ours }),
      pod({ Action: "elasticloadbalancing:*", Resource: `${group}/a/1` }),
      pod({ Action: ["ec2:DescribeVpcs", "ec2:AuthorizeSecurityGroupIngress"], Resource: "*" }),
      pod({ NotAction: "iam:*", Resource: "*" }),
    ],
  }),

  inventoryControl({
    id: "controllers-targets-named",
    title: "A controller binds targets of its own cluster alone",
    severity: "high",
    why: "whoever may register targets anywhere answers for every other application in the account",
    fix: "name the target group's ARN, or pin `aws:ResourceTag/bulwark:cluster` to the cluster's name",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      const clusters = clusterNames(inventory);
      for (const statement of rights(role, inventory).filter((one) =>
        covers(one, "elasticloadbalancing:RegisterTargets"),
      )) {
        const exact = !coversEverything(statement) && statement.resources.every((arn) => !/[*?]/.test(arn));
        const tagged = pinned(statement, "aws:ResourceTag/bulwark:cluster");
        if (!exact && (tagged.length === 0 || !tagged.every((name) => clusters.includes(name))))
          yield `targets may be registered in ${statement.resources.join(", ") || "any group"}`;
      }
    },
    good: [
      pod({ Action: "elasticloadbalancing:RegisterTargets", Resource: `${group}/a/1` }),
      pod({ Action: "elasticloadbalancing:RegisterTargets", Resource: `${group}/*`, Condition: ours }),
    ],
    bad: [
      pod({ Action: "elasticloadbalancing:RegisterTargets", Resource: `${group}/*` }),
      pod({
        Action: "elasticloadbalancing:RegisterTargets",
        Resource: "*",
        Condition: { StringLike: { "aws:ResourceTag/bulwark:cluster": "*" } },
      }),
      pod({
        Action: "elasticloadbalancing:RegisterTargets",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceTag/bulwark:cluster": "production" } },
      }),
    ],
  }),

  inventoryControl({
    id: "controllers-secrets-named",
    title: "A pod's role reads secrets of its own cluster alone",
    severity: "critical",
    why: "one controller that reads every secret of the account hands them all to whoever can write an ExternalSecret",
    fix: "name secrets under bulwark/<cluster>/, and grant neither ListSecrets nor BatchGetSecretValue",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      const own = clusterNames(inventory).map((name) => `:secret:bulwark/${name}/`);
      for (const statement of rights(role, inventory)) {
        if (covers(statement, "secretsmanager:GetSecretValue")) {
          const foreign = statement.resources.filter((arn) => !own.some((prefix) => arn.includes(prefix)));
          if (foreign.length > 0 || statement.resources.length === 0)
            yield `pods with this role read ${foreign.join(", ") || "all but some secrets"}`;
        }
        for (const action of ["ListSecrets", "BatchGetSecretValue", "PutResourcePolicy", "PutSecretValue"])
          if (covers(statement, `secretsmanager:${action}`)) yield `pods with this role may ${action}`;
      }
    },
    good: [
      pod({ Action: "secretsmanager:GetSecretValue", Resource: secret("bulwark/production/*") }),
      pod({ Action: "secretsmanager:GetSecretValue", Resource: secret("bulwark/production/orders-AbCdEf") }),
    ],
    bad: [
      pod({ Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      pod({ Action: "secretsmanager:Get*", Resource: secret("*") }),
      pod({ Action: "secretsmanager:GetSecretValue", Resource: secret("bulwark/*") }),
      pod({ Action: "secretsmanager:GetSecretValue", Resource: secret("bulwark/staging/*") }),
      pod({ Action: ["secretsmanager:ListSecrets"], Resource: "*" }),
    ],
  }),
];

function rights(role: Subject<Granting & { readonly assumeRolePolicy?: unknown }>, inventory: Inventory): Statement[] {
  return isForPods(role.inputs.assumeRolePolicy) ? rightsOf(role, inventory) : [];
}

function clusterNames(inventory: Inventory): string[] {
  return inventory.all(CLUSTER).flatMap(({ inputs }) => inputs.name ?? []);
}

function pod(statement: object, Service = "pods.eks.amazonaws.com") {
  const assumeRolePolicy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });
  const role = item(ROLE, "controller", { assumeRolePolicy });
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
  return [
    item(CLUSTER, "main", { name: "production", roleArn: "r", vpcConfig: { subnetIds: [] } }),
    role,
    item(ROLE_POLICY, "controller", { role: "r", policy }, { links: { role: [role] } }),
  ];
}
