import fc from "fast-check";

import { Inventory } from "../../policies/inventory";
import { nodes } from "../../policies/nodes";
import { userData } from "../../policies/user-data";
import { judge } from "../../policies/verdict";
import { blueprint as schema } from "../../stacks/blueprint/schema";
import { parseBlueprint } from "../../stacks/blueprint";
import { architecture, INSTANCE_TYPES } from "../../stacks/nodes/instance-type";
import { hex } from "../../twin/id";
import { clusterBlueprint } from "../layers/blueprints";
import { previewed } from "./program";

jest.setTimeout(120_000);

const RUNS = Number(process.env["NODES_RUNS"] ?? 40);

const types = (arm: boolean) =>
  fc.uniqueArray(fc.constantFrom(...[...INSTANCE_TYPES].filter((type) => (architecture(type) === "arm64") === arm)), {
    minLength: 1,
    maxLength: 4,
  });
const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const effect = fc.constantFrom("NoSchedule", "PreferNoSchedule", "NoExecute");

/** Canonical's image for a processor, by the id that the twin gives it. */
const published = (type = "") => {
  const of = architecture(type) === "arm64" ? "arm64" : "amd64";
  const name = `ubuntu-eks/k8s_1.35/images/hvm-ssd-gp3/ubuntu-noble-24.04-${of}-server-20251120`;
  return `ami-${hex(17, `eu-central-1 ${name}`)}`;
};

const pool = fc
  .record({
    system: fc.constantFrom(
      { os: "bottlerocket", cis: 1 },
      { os: "bottlerocket", cis: 2 },
      { os: "bottlerocket" },
      { os: "al2023", cis: 1 },
      { os: "al2023" },
      { os: "ubuntu" },
    ),
    instanceTypes: fc.boolean().chain(types),
    sizes: fc.uniqueArray(fc.integer({ min: 1, max: 450 }), { minLength: 3, maxLength: 3 }),
    said: fc.subarray(["min", "desired", "max"] as const),
    diskGiB: fc.integer({ min: 20, max: 16384 }),
    capacity: fc.constantFrom("on-demand", "spot"),
    labels: fc.dictionary(word, word, { maxKeys: 3 }),
    taints: fc.uniqueArray(fc.tuple(word, word, effect), { maxLength: 3, selector: ([name]) => name }),
  })
  .map(({ system, sizes, said, taints, ...rest }) => {
    const sorted = sizes.toSorted((a, b) => a - b);
    const counts = { min: sorted[0], desired: sorted[1], max: sorted[2] };
    return {
      ...rest,
      ...system,
      ...(system.os === "ubuntu" && { image: { from: "canonical", id: published(rest.instanceTypes[0]) } }),
      ...Object.fromEntries(said.map((name) => [name, counts[name]] as const)),
      taints: taints.map(([name, value, what]) => `${name}=${value}:${what}`),
    };
  });

const blueprints = fc
  .record({
    environment: fc.constantFrom("development", "staging", "production"),
    pods: fc.constantFrom("ipv4", "ipv6"),
    pools: fc.dictionary(word, pool, { minKeys: 1, maxKeys: 4 }),
    shell: fc.constantFrom(
      { access: "none" },
      { access: "session-manager", reason: "the sensor is being proved on real nodes" },
    ),
  })
  .map(({ environment, pods, pools, shell }) => {
    const { network } = clusterBlueprint();
    const cluster = { name: "production", version: "1.35" };
    return { environment, cluster, network: { ...network, pods }, nodes: { pools: { ...pools, home: {} }, shell } };
  });

interface Template {
  readonly blockDeviceMappings: readonly { readonly ebs: { readonly encrypted?: string } }[];
  readonly metadataOptions: { readonly httpPutResponseHopLimit?: number; readonly httpTokens?: string };
  readonly networkInterfaces: readonly { readonly associatePublicIpAddress?: string }[];
}

it("makes of every valid configuration nodes that are encrypted, without public address, and out of pods' reach", async () => {
  await fc.assert(
    fc.asyncProperty(blueprints, async (more) => {
      const raw = { ...schema.parse(clusterBlueprint()), ...more };
      const blueprint = parseBlueprint(raw, { file: "Pulumi.random.yaml", today: "2026-11-23" });
      if (blueprint.layer !== "cluster") throw new Error("not a cluster");
      const registrations = await previewed(blueprint);

      const templates = registrations.filter(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
      expect(templates).toHaveLength(Object.keys(blueprint.nodes.pools).length);
      for (const { inputs } of templates as unknown as readonly { readonly inputs: Template }[]) {
        expect(inputs.blockDeviceMappings.filter(({ ebs }) => ebs.encrypted !== "true")).toEqual([]);
        expect(inputs.metadataOptions).toMatchObject({ httpPutResponseHopLimit: 1, httpTokens: "required" });
        expect(inputs.networkInterfaces.map((one) => one.associatePublicIpAddress)).toEqual(["false"]);
      }

      for (const { inputs } of registrations.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")) {
        const { minSize, desiredSize, maxSize } = inputs["scalingConfig"] as Record<string, number>;
        expect([minSize, desiredSize, maxSize].toSorted((a = 0, b = 0) => a - b)).toEqual([
          minSize,
          desiredSize,
          maxSize,
        ]);
      }

      const verdicts = judge(new Inventory(registrations, "2026-11-23"), [...nodes, ...userData], { stage: "preview" });
      expect(
        verdicts.filter(({ verdict, decidedAt }) => verdict !== "pass" && decidedAt !== "up").map((one) => one.message),
      ).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
