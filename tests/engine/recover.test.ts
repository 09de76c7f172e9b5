import { interrupt, type Point, type Survived, words } from "../../bench/interruption/point";
import { holding, type Holding } from "../../bench/interruption/holding";
import { World } from "../../bench/interruption/world";
import type { Fault } from "../../twin/fault";

jest.setTimeout(1_200_000);

const CLUSTER = "aws:eks/cluster:Cluster::main";
const NODES = "aws:eks/nodeGroup:NodeGroup::main-system";
const ALIAS = "aws:kms/alias:Alias::main-disks";
const TABLE = "aws:ec2/routeTableAssociation:RouteTableAssociation::main-private-eu-central-1a";
const ROLE = "aws:iam/role:Role::main-break-glass";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::main-cluster-from-nodes-tcp-443";
const RESERVATION = "aws:ec2/subnetCidrReservation:SubnetCidrReservation::main-pods-eu-central-1a";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription::main-owner";
const DEVELOPER = "aws:eks/accessEntry:AccessEntry::main-AWSReservedSSO_Developer_0123456789abcdef";

/** What the world lacks in which an update is interrupted: a few things, so that a point costs seconds. */
const LACKING = [NODES, ALIAS, TABLE, ROLE, RULE, RESERVATION, SUBSCRIPTION];

/** Points by the world that they strike: nothing yet, no cluster yet, some things missing, everything there. */
const POINTS = {
  nothing: [
    { resource: "aws:kms/key:Key::main-disks", dies: "engine", when: "after" },
    { resource: "aws:ec2/vpc:Vpc::main", dies: "provider", when: "after" },
  ],
  noCluster: [
    { resource: CLUSTER, dies: "engine", when: "after" },
    { resource: CLUSTER, dies: "provider", when: "before" },
  ],
  lacking: [
    { resource: NODES, dies: "provider", when: "after" },
    { resource: ALIAS, dies: "provider", when: "after" },
    { resource: TABLE, dies: "engine", when: "after" },
    { resource: ROLE, dies: "provider", when: "after" },
    { resource: RULE, dies: "engine", when: "before" },
    { resource: RESERVATION, dies: "engine", when: "after" },
    { resource: SUBSCRIPTION, dies: "provider", when: "after" },
  ],
  whole: [
    { resource: NODES, on: "update", dies: "engine", when: "after", change: [/max: 3/, "max: 4"] },
    {
      resource: DEVELOPER,
      on: "delete",
      dies: "engine",
      when: "before",
      change: [/0123456789abcdef/, "fedcba9876543210"],
    },
  ],
} satisfies Record<string, readonly Point[]>;

const refusing = (resources: readonly string[]): Fault[] =>
  resources.map((resource) => ({
    kind: "refuse",
    on: "create",
    match: `*${resource}`,
    code: "LimitExceededException",
    message: "not yet",
  }));

const worlds: World[] = [];
const runs = new Map<Point, Promise<Survived>>();
let clean: Holding;

beforeAll(async () => {
  const nothing = await World.empty("nothing");
  const noCluster = await nothing.copy("no-cluster");
  await noCluster.up(refusing([CLUSTER, ...LACKING]), ["--continue-on-error"]);
  const lacking = await noCluster.copy("lacking");
  await lacking.up(refusing(LACKING), ["--continue-on-error"]);
  const whole = await nothing.copy("whole");
  expect(await whole.up()).toBe(true);
  clean = holding(whole);

  worlds.push(nothing, noCluster, lacking, whole);
  const from = { nothing, noCluster, lacking, whole };
  const left = (Object.keys(POINTS) as (keyof typeof POINTS)[]).flatMap((name) =>
    POINTS[name].map((point) => ({ point, base: from[name] })),
  );
  // Two at a time: an engine and its plugins keep one and a half cores busy.
  const lanes = [Promise.resolve(), Promise.resolve()];
  left.forEach(({ point, base }, index) => {
    const run = (lanes[index % 2] ?? Promise.resolve()).then(async () => {
      const world = await base.copy(`point-${index}`);
      worlds.push(world);
      return interrupt(world, point);
    });
    runs.set(point, run);
    lanes[index % 2] = run.then(nothingMore, nothingMore);
  });
});

afterAll(() => {
  for (const world of worlds) world.remove();
});

function nothingMore(): void {
  // How a point ends is told where it is awaited.
}

async function survived(point: Point): Promise<Survived> {
  const run = runs.get(point);
  if (run === undefined) throw new Error("a point that was not begun");
  return run;
}

const created = [...POINTS.nothing, ...POINTS.noCluster, ...POINTS.lacking].map(
  (point: Point) => [words(point), point] as const,
);

describe("an update that was interrupted, recovered", () => {
  it.each(created)("ends as if nothing had happened: %s", async (_, point) => {
    const { holding: now, strays, leaked } = await survived(point);

    expect(now.state).toEqual(clean.state);
    expect(now.account).toEqual(clean.account);
    expect({ strays, leaked }).toEqual({ strays: 0, leaked: [] });
  });

  it.each(created.filter(([, { when }]) => when === "after"))(
    "adopts what the account had made: %s",
    async (_, point) => {
      expect((await survived(point)).adopted).toContain(point.resource);
    },
  );

  it("asks a person about what has neither tag nor name, and makes no second one", async () => {
    const subscription = POINTS.lacking.find(({ resource }) => resource === SUBSCRIPTION);
    const reservation = POINTS.lacking.find(({ resource }) => resource === RESERVATION);
    if (subscription === undefined || reservation === undefined) throw new Error("a point is missing");

    expect((await survived(subscription)).asked).toContain(SUBSCRIPTION);
    expect((await survived(reservation)).asked).toContain(RESERVATION);
  });

  it("finishes an update and a deletion that were begun", async () => {
    const [update, deletion] = await Promise.all(POINTS.whole.map((point: Point) => survived(point)));

    expect(update?.holding.account).toEqual(clean.account);
    expect(update?.holding.state.join("\n")).toContain('"maxSize":4');
    const renamed = (lines: readonly string[] = []): string[] =>
      lines.map((line) => line.replaceAll(/(?<=Developer_)\w+/g, "other")).toSorted();
    expect(renamed(deletion?.holding.account)).toEqual(renamed(clean.account));
    expect(renamed(deletion?.holding.state)).toEqual(renamed(clean.state));
    expect([update?.leaked, deletion?.leaked]).toEqual([[], []]);
  });
});
