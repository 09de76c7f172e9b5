import { App, type Groups, Personas, Tenant, type TenantArgs } from "../../../constructs";
import { cluster, tenant } from "./world";

type People = Pick<TenantArgs, "personas" | "deployer" | "environment" | "hosts">;

const HOSTILE: readonly (readonly [what: string, args: People, says: string])[] = [
  ["the group of all administrators", { personas: { sre: ["system:masters"] } }, 'must not begin with "system:"'],
  [
    "everybody who has signed in",
    { personas: { developer: ["system:authenticated"] } },
    'must not begin with "system:"',
  ],
  [
    "the group of all service accounts",
    { deployer: { group: "system:serviceaccounts" } },
    'must not begin with "system:"',
  ],
  ["a group of EKS", { personas: { sre: ["eks:node-manager"] } }, 'must not begin with "eks:"'],
  ["no name", { personas: { developer: [""] } }, "the identity provider's prefix and one group"],
  ["a prefix without a group", { personas: { developer: ["oidc:"] } }, "the identity provider's prefix and one group"],
  [
    "a group without a prefix",
    { personas: { developer: ["developers"] } },
    "the identity provider's prefix and one group",
  ],
  ["a wildcard", { personas: { developer: ["oidc:*"] } }, "the identity provider's prefix and one group"],
  ["everything", { personas: { developer: ["*"] } }, "the identity provider's prefix and one group"],
  ["blanks", { personas: { developer: ["oidc: developers"] } }, "the identity provider's prefix and one group"],
  [
    "a persona that is none",
    { personas: { admin: ["oidc:admins"] } as Groups },
    "must be among developer, devops, sre",
  ],
  ["developers who are the SRE", { personas: { developer: ["bulwark:sre"] } }, 'write "bulwark:developer-read"'],
  [
    "staging's developers in production",
    { personas: { developer: ["bulwark:developer"] } },
    'write "bulwark:developer-read"',
  ],
  ["a persona of our own that is none", { personas: { sre: ["bulwark:admin"] } }, 'write "bulwark:sre"'],
  ["two personas", { personas: { sre: ["oidc:ops"], devops: ["oidc:ops"] } }, 'group "oidc:ops" has two personas'],
  ["a deployer that only reads", { deployer: { group: "bulwark:developer-read" } }, "who is developer in production"],
  ["a deployer that is held to restarts", { deployer: { group: "bulwark:sre" } }, "who is sre in production"],
  [
    "a deployer that is a tenant's auditor",
    { personas: { auditor: ["oidc:audit"] }, deployer: { group: "oidc:audit" } },
    "who is auditor in production",
  ],
  ["a deployer without a name", { deployer: { group: "" } }, "the identity provider's prefix and one group"],
  ["a quote", { deployer: { group: 'oidc:a" || true || "' } }, "holds a quote"],
  ["every pod's account", { deployer: { serviceAccount: { namespace: "flux", name: "default" } } }, 'got "default"'],
  [
    "a wildcard account",
    { deployer: { serviceAccount: { namespace: "*", name: "flux" } } },
    "deployer.serviceAccount.namespace",
  ],
  ["a wildcard host", { hosts: ["*.example.com"], deployer: { group: "oidc:ci" } }, "one full host name"],
];

describe("a tenant", () => {
  it.each(HOSTILE)("refuses %s", (_, args, says) => {
    expect(() => tenant(args)).toThrow(says);
  });

  it("takes a group once, in an order that does not depend on who wrote it", () => {
    const one = tenant({ personas: { auditor: ["oidc:b", "oidc:a", "oidc:b"], sre: ["oidc:c"] } });
    const other = tenant({ personas: { sre: ["oidc:c"], auditor: ["oidc:a", "oidc:b"] } });
    expect(one).toEqual(other);
  });

  it("is production unless it says otherwise", () => {
    const { metadata } =
      tenant({ personas: { developer: ["bulwark:developer-read"] } }).find(({ kind }) => kind === "Role") ?? {};
    expect(metadata?.name).toBe("bulwark-developer-read");
  });

  it("emits the same twice", () => {
    expect(cluster("staging")).toEqual(cluster("staging"));
    const app = new App();
    new Tenant(app, "team-shop", {
      owner: "a@example.com",
      podSecurityVersion: "v1.36",
      deployer: { group: "oidc:ci" },
    });
    expect(app.synthYaml()).toBe(app.synthYaml());
  });
});

describe("personas", () => {
  it.each(HOSTILE.filter(([, { personas }]) => personas !== undefined && !("auditor" in personas)))(
    "refuse %s in the whole cluster as well",
    (_, { personas = {} }, says) => {
      expect(() => new Personas(new App(), "personas", { groups: personas })).toThrow(says);
    },
  );
});

it("emits this in production", () => {
  const rights = cluster("production").filter(
    ({ apiVersion }) => apiVersion.startsWith("rbac.") || apiVersion.startsWith("admissionregistration."),
  );
  expect(rights).toMatchSnapshot();
});
