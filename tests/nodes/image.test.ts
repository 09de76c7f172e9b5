import type { Registration } from "../../twin/registration";
import { hex } from "../../twin/id";
import { only } from "../layers/found";
import { blueprintWith, previewed } from "./program";

jest.setTimeout(60_000);

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The id that the twin gives an image of Canonical's. */
const published = (version: string, of = "amd64") =>
  `ami-${hex(17, `eu-central-1 ubuntu-eks/k8s_${version}/images/hvm-ssd-gp3/ubuntu-noble-24.04-${of}-server-20251120`)}`;

const pools = (pool: object, version = "1.35") =>
  previewed(blueprintWith({ pools: { system: pool } }, { cluster: { name: "production", version } }));

const words = { reason: "our benchmark asks for auditd on every node", by: "platform@example.com" };
const told = (found: readonly Registration[]) =>
  Buffer.from(String(only(found, TEMPLATE).inputs["userData"]), "base64").toString();

describe("Ubuntu nodes", () => {
  it("start from the named image, which EKS neither picks nor updates, on one encrypted volume", async () => {
    const id = published("1.35");
    const found = await pools({ os: "ubuntu", image: { from: "canonical", id } });

    expect(only(found, TEMPLATE).inputs).toMatchObject({
      imageId: id,
      tags: { "bulwark:image-owner": "099720109477" },
      blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { encrypted: "true" } }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    const { inputs } = only(found, GROUP);
    expect(inputs).toMatchObject({ amiType: "CUSTOM", instanceTypes: ["m6i.large"] });
    expect(Object.keys(inputs)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(version|releaseVersion)$/)]),
    );
  });

  it("are told cluster, certificate, names, labels and taints, since EKS adds nothing", async () => {
    const image = { from: "canonical", id: published("1.35") };
    const text = told(await pools({ os: "ubuntu", image, taints: ["dedicated=batch:NoSchedule"] }));

    expect(text).toMatch(/^#cloud-config\n/);
    for (const part of [
      "bootstrap.sh 'production'",
      "--apiserver-endpoint 'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com'",
      "--b64-cluster-ca 'LS0tLS1CRUdJTg=='",
      "--dns-cluster-ip '172.20.0.10'",
      "--node-labels=bulwark/pool=system,bulwark/image-family=ubuntu --register-with-taints=dedicated=batch:NoSchedule",
    ])
      expect(text).toContain(part);
  });

  it.each([
    ["another owner", { id: "ami-0123456789abcdef0" }, ["m6i.large"]],
    ["another Kubernetes version", { id: published("1.34") }, ["m6i.large"]],
    ["another processor", { id: published("1.35") }, ["m7g.large"]],
  ])("are refused an image of %s at the preview", async (_what, { id }, instanceTypes) => {
    const image = { from: "canonical", id };

    await expect(pools({ os: "ubuntu", image, instanceTypes })).rejects.toThrow("Your query returned no results");
  });

  it("run on Graviton from the image of that processor", async () => {
    const image = { from: "canonical", id: published("1.35", "arm64") };
    const found = await pools({ os: "ubuntu", image, instanceTypes: ["m7g.large"] });

    expect(only(found, TEMPLATE).inputs["imageId"]).toBe(image.id);
  });
});

describe("an image of our own", () => {
  it("is refused where the account does not own it", async () => {
    const image = { from: "own", id: published("1.35"), ...words };

    await expect(pools({ os: "al2023", image })).rejects.toThrow("Your query returned no results");
  });
});

describe("instance metadata", () => {
  it("travels two hops only in words", async () => {
    const hopLimit = { value: 2, ...words, until: "2027-03-31" };
    const found = await pools({ hopLimit });

    expect(only(found, TEMPLATE).inputs["metadataOptions"]).toMatchObject({
      httpPutResponseHopLimit: 2,
      httpTokens: "required",
    });
  });
});
