import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, covers } from "../iam-document";
import type { Item } from "../inventory";

const DOCUMENT = token<aws.ssm.DocumentArgs>("aws:ssm/document:Document");
const POLICY = token<aws.iam.PolicyArgs>("aws:iam/policy:Policy");

interface Session {
  readonly sessionType?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Where sessions lead, and who may open them. */
export const session: readonly Control[] = [
  inventoryControl({
    id: "tunnel-one-way",
    title: "A session leads to one host and port, and opens no shell",
    severity: "high",
    why: "with AWS's own document whoever may open a session reaches whatever the machine reaches, or sits at its shell",
    fix: "fix `host` and `portNumber` in the document; only the local port may be a parameter",
    refs: {},
    about: [DOCUMENT],
    // The document names the API's host, which is known once the cluster is.
    decidedAt: "up",
    *check({ inputs: { documentType, content } }) {
      if (documentType !== "Session") return;
      const { sessionType, parameters, properties } = JSON.parse(content) as Session;
      if (sessionType !== "Port") yield { path: "content", message: `a session is a ${sessionType ?? "shell"}` };
      for (const field of ["host", "portNumber"])
        if (typeof properties?.[field] !== "string" || /\{\{/.test(properties[field]))
          yield { path: "content", message: `whoever opens a session chooses its ${field}` };
      for (const name of Object.keys(parameters ?? {}).filter((one) => one !== "localPortNumber"))
        yield { path: "content", message: `whoever opens a session says its ${name}` };
    },
    good: [documented({})],
    bad: [
      documented({ host: "{{ host }}" }),
      documented({ portNumber: "{{ portNumber }}" }),
      documented({ host: undefined }),
      documented({}, { sessionType: "Standard_Stream" }),
      documented({}, { parameters: { localPortNumber: {}, host: {} } }),
    ],
  }),

  inventoryControl({
    id: "tunnel-document-checked",
    title: "Whoever may open sessions may open them with named documents alone",
    severity: "high",
    why: "Session Manager opens a shell for whoever names no document, unless their policy asks for the check",
    fix: "name document and machine, and condition the machine's statement on `ssm:SessionDocumentAccessCheck`",
    refs: {},
    about: [POLICY],
    *check({ inputs }) {
      for (const statement of allowsOf(inputs.policy).filter((one) => covers(one, "ssm:StartSession"))) {
        if (statement.resources.every((arn) => /:document\/[^*?]+$/.test(arn))) continue;
        const checked = statement.conditions.some(
          ({ operator, key, values }) =>
            /^Bool(IfExists)?$/.test(operator) && key === "ssm:sessiondocumentaccesscheck" && values.join() === "true",
        );
        if (!checked) yield { path: "policy", message: `${statement.resources.join(", ")} may be entered by a shell` };
        const told = statement.conditions.some(({ key }) => /^(aws|ssm):resourcetag\//.test(key));
        if (!told && statement.resources.some((arn) => /[*?]/.test(arn)))
          yield { path: "policy", message: "every machine of the account may be entered" };
      }
    },
    good: [allowed({})],
    bad: [
      allowed({ Condition: {} }),
      allowed({ Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } } }),
      allowed({ Resource: "*", Condition: { StringEquals: { "aws:ResourceTag/bulwark:cluster": "production" } } }),
    ],
  }),
];

function documented(properties: object, more: object = {}): readonly Item[] {
  const content = JSON.stringify({
    schemaVersion: "1.0",
    sessionType: "Port",
    parameters: { localPortNumber: { type: "String" } },
    properties: {
      type: "LocalPortForwarding",
      host: "A.gr7.eu-central-1.eks.amazonaws.com",
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
      ...properties,
    },
    ...more,
  });
  return [item(DOCUMENT, "main-tunnel", { documentType: "Session", content })];
}

function allowed(machine: object): readonly Item[] {
  const [account, region] = ["111122223333", "eu-central-1"];
  const policy = JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: `arn:aws:ec2:${region}:${account}:instance/*`,
        Condition: {
          StringEquals: { "aws:ResourceTag/bulwark:cluster": "production" },
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        },
        ...machine,
      },
      {
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: `arn:aws:ssm:${region}:${account}:document/bulwark-production-tunnel`,
      },
    ],
  });
  return [item(POLICY, "main-tunnel-people", { policy })];
}
