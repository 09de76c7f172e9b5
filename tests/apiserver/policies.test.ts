import type { ApiServer, Client, Manifest } from "../../twin/apiserver";
import { isReduced } from "./definitions";
import { POLICIES } from "./emitted";
import { eventually, shared } from "./server";

interface Policy extends Manifest {
  readonly metadata: Manifest["metadata"] & { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: { readonly expressionWarnings?: readonly { fieldRef: string; warning: string }[] };
  };
}

let server: ApiServer;
let admin: Client;

beforeAll(async () => {
  server = shared();
  admin = await server.client();
});

/** What the controller that checks types says of a policy, once it has looked at it. */
async function checked(policy: Manifest): Promise<string[]> {
  await admin.apply(policy);
  const { metadata, status } = await eventually(
    () => admin.read(policy) as Promise<Policy>,
    (read) => read.status?.observedGeneration === read.metadata.generation,
  );
  expect(status?.observedGeneration).toBe(metadata.generation);
  return (status?.typeChecking?.expressionWarnings ?? []).flatMap(({ fieldRef, warning }) =>
    warning
      .split(/^(?=\S+, Kind=\w+: ERROR)/m)
      .filter((ofKind) => !isOfReduced(ofKind))
      .map((ofKind) => `${fieldRef}: ${ofKind}`),
  );
}

/** The checker speaks of each kind by itself. */
function isOfReduced(warning: string): boolean {
  const [, apiVersion, kind] = /^(\S+), Kind=(\w+): ERROR/.exec(warning) ?? [];
  return apiVersion !== undefined && kind !== undefined && isReduced(apiVersion, kind);
}

it("checks the types of what policies say", async () => {
  const wrong = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "wrong" },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["deployments"] },
        ],
      },
      validations: [{ expression: "object.spec.replica > 1" }],
    },
  };
  expect(await checked(wrong)).toEqual([expect.stringContaining("undefined field 'replica'")]);
  await admin.delete(wrong);
});

/**
 * The policy for the versions that are served today. The checker passes over rules that say `*`, as ours do so that a new version of a kind is
 * judged too.
 */
async function spelledOut(policy: Manifest): Promise<Manifest> {
  const copy = structuredClone(policy) as unknown as Judging;
  for (const rule of copy.spec.matchConstraints.resourceRules) {
    rule.apiVersions = await Promise.all(rule.apiGroups.map(version));
  }
  return { ...policy, ...copy, metadata: { name: `${policy.metadata.name}-spelled-out` } };
}

interface Judging {
  readonly spec: {
    readonly matchConstraints: { readonly resourceRules: { readonly apiGroups: string[]; apiVersions: string[] }[] };
  };
}

async function version(group: string): Promise<string> {
  if (group === "") return "v1";
  const { body } = await admin.demand("GET", `/apis/${group}`, {});
  return (body as { preferredVersion: { version: string } }).preferredVersion.version;
}

it.each(POLICIES.map((policy, index) => [policy.metadata.name, index, policy] as const))(
  "finds nothing to warn of in %s (%i)",
  async (_, __, policy) => {
    const typed = await spelledOut(policy);
    expect(await checked(typed)).toEqual([]);
    expect(await checked(policy)).toEqual([]);
    await admin.delete(typed);
  },
);
