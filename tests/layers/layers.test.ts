import { accountLayer } from "../../stacks/account-layer";
import { clusterLayer } from "../../stacks/cluster-layer";
import { stateLayer } from "../../stacks/state-layer";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { accountBlueprint, ACCOUNT, clusterBlueprint, REGION, stateBlueprint } from "./blueprints";
import { fingerprint, only } from "./found";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

const PROVIDER = "pulumi:providers:aws";

const tags = { "cost-centre": "4711" };
const layers: readonly (readonly [string, () => unknown])[] = [
  ["account", () => accountLayer(accountBlueprint({ tags }))],
  ["cluster", () => clusterLayer(clusterBlueprint({ tags }))],
  ["state", () => stateLayer(stateBlueprint({ tags }))],
];

const registered = async (layer: () => unknown) => (await run(layer)).registrations;

/** The tags of the provider, whichever way the SDK writes nested values down. */
function defaultTags({ inputs }: Registration): unknown {
  const { defaultTags: given } = inputs;
  const { tags: read } = (typeof given === "string" ? JSON.parse(given) : given) as { tags: unknown };
  return read;
}

describe.each(layers)("the %s layer", (name, layer) => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await registered(layer);
  });

  it("creates nothing but through the one provider", () => {
    const provider = only(registrations, PROVIDER);
    const others = registrations.filter(
      (each) => each.custom && each.type !== PROVIDER && !each.provider.startsWith(`${provider.urn}::`),
    );

    expect(others.map(({ urn }) => urn)).toEqual([]);
  });

  it("binds that provider to its account and region", () => {
    const { inputs } = only(registrations, PROVIDER);

    expect(inputs.region).toBe(REGION);
    expect(JSON.stringify(inputs.allowedAccountIds)).toContain(ACCOUNT);
  });

  it("puts owner, classification and the blueprint's own tags on everything", () => {
    expect(defaultTags(only(registrations, PROVIDER))).toMatchObject({
      owner: "platform@example.com",
      "data-classification": "confidential",
      "cost-centre": "4711",
      ...(name === "cluster"
        ? { environment: "production", "bulwark:cluster": "production" }
        : { "bulwark:layer": name }),
    });
  });

  it("registers byte-equal inputs when it runs twice", async () => {
    expect(fingerprint(await registered(layer))).toBe(fingerprint(registrations));
  });

  it("puts every part under a component", () => {
    const loose = registrations.filter(
      ({ custom, type, parent }) => custom && type !== PROVIDER && !parent.includes("bulwark:index:"),
    );

    expect(loose.map(({ urn }) => urn)).toEqual([]);
  });

  it("refuses credentials of another account before anything is made", async () => {
    const account = Account.open(undefined, { accountId: "444455556666", timeScale: 0 });

    await expect(run(layer, { account })).rejects.toThrow("AWS account ID not allowed: 444455556666");
    expect(account.leftovers().made).toEqual([]);
  });
});

describe("a blueprint's own tags", () => {
  it("cannot replace whose the resources are", async () => {
    const blueprint = { ...accountBlueprint(), tags: { owner: "somebody@example.com" } };

    expect(defaultTags(only(await registered(() => accountLayer(blueprint)), PROVIDER))).toMatchObject({
      owner: "platform@example.com",
    });
  });
});

describe("the cluster layer's outputs", () => {
  it("hold what another layer needs to stand on the cluster", async () => {
    const { outputs } = await run(() => clusterLayer(clusterBlueprint()));

    expect(outputs).toMatchObject({
      name: "production",
      arn: "arn:aws:eks:eu-central-1:111122223333:cluster/production",
      endpoint: expect.stringMatching(/^https:/) as string,
      certificateAuthority: expect.stringMatching(/^[A-Za-z0-9+/=]+$/) as string,
      oidcIssuer: expect.stringMatching(/^https:\/\/oidc\.eks\.eu-central-1\./) as string,
      vpcId: expect.stringMatching(/^vpc-/) as string,
    });
    expect(outputs["intraSubnetIds"]).toHaveLength(3);
    expect(Object.keys(outputs["keys"] as object)).toEqual(["secrets", "disks", "logs", "secretsManager", "backups"]);
  });
});

describe("a cluster in a network that was there before", () => {
  it("is refused while nothing exists yet when the network lacks what it needs", async () => {
    const network = {
      mode: "existing",
      vpcId: "vpc-0123456789abcdef0",
      subnets: {
        private: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
        intra: ["subnet-0123456789abcdef3", "subnet-0123456789abcdef4", "subnet-0123456789abcdef5"],
      },
    };
    const account = Account.open(undefined, { timeScale: 0 });

    await expect(run(() => clusterLayer(clusterBlueprint({ network })), { account })).rejects.toThrow(network.vpcId);
    expect(account.leftovers().made).toEqual([]);
  });
});
