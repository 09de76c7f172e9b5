import { topics } from "../../stacks/image/items";
import type { Family, Item } from "../../stacks/image/items/item";
import { type Entry, Root } from "./root";

// Some three hundred scripts run, a few milliseconds each.
jest.setTimeout(60_000);

const itemsOf = (family: Family) => topics({ family, mirror: undefined }).flatMap((topic) => topic.items);
const ofUbuntu = new Set(itemsOf("ubuntu").map((item) => JSON.stringify(item)));

describe.each([
  ["ubuntu", itemsOf("ubuntu")],
  // What is the same on both is tried once.
  ["al2023", itemsOf("al2023").filter((item) => !ofUbuntu.has(JSON.stringify(item)))],
] as const)("an image of %s", (family, items) => {
  let root: Root;
  /** What each item changed: path → what was there before and after. */
  const changes = new Map<Item, ReadonlyMap<string, readonly [before: Entry, after: Entry]>>();

  beforeAll(() => {
    root = new Root(family);
  });
  afterAll(() => {
    root.remove();
  });

  const ids = items.map(({ id }) => id);
  const valid = () => root.passing(items.map(({ id, validate }) => [id, validate]));

  it("is refused by every item while nothing has been done", () => {
    expect(valid()).toEqual([]);
  });

  it("is changed by every item, and accepted by all in the end, so that none undoes another", () => {
    for (const item of items) {
      const before = root.tree();
      expect({ id: item.id, ...root.run(item.apply) }).toEqual({ id: item.id, passed: true, said: "" });
      const after = root.tree();
      const paths = [...new Set([...before.keys(), ...after.keys()])];
      const changed = paths.filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)));
      changes.set(item, new Map(changed.map((path) => [path, [before.get(path), after.get(path)]])));
    }

    expect([...changes].filter(([, changed]) => changed.size === 0).map(([{ id }]) => id)).toEqual([]);
    expect(valid()).toEqual(ids);
  });

  it("is no other when everything is applied twice", () => {
    const once = root.tree();

    expect(root.passing(items.map(({ id, apply }) => [id, apply]))).toEqual(ids);
    expect(root.tree()).toEqual(once);
  });

  it("is refused again as soon as one thing that an item did is taken back", () => {
    let taken = 0;
    for (const [item, changed] of changes) {
      for (const [path, [before, after]] of changed) {
        // A new folder says nothing by itself; what was written into it does.
        if (before === undefined && after !== undefined && "folder" in after) continue;
        root.put(path, before);
        expect({ item: item.id, path, ...root.run(item.validate) }).toMatchObject({
          item: item.id,
          path,
          passed: false,
        });
        for (const [each, [, then]] of changed) root.put(each, then);
        taken += 1;
      }
    }

    expect(taken).toBeGreaterThanOrEqual(items.length);
    expect(valid()).toEqual(ids);
  });
});

it("takes no file for ours that others may write", () => {
  const root = new Root("ubuntu");
  const [item = fail()] = itemsOf("ubuntu");
  const path = "/etc/modprobe.d/bulwark-cramfs.conf";
  root.run(item.apply);
  root.put(path, { text: "install cramfs /bin/false\nblacklist cramfs\n", mode: 0o646 });

  expect(root.run(item.validate)).toEqual({
    passed: false,
    said: `${path} has mode 646, must have 0644 or less`,
  });
  root.remove();
});

it("closes the kubelet's files whenever the kubelet starts, whoever opened them", () => {
  const root = new Root("al2023");
  const kubelet = itemsOf("al2023").find(({ id }) => id === "kubelet-files") ?? fail();
  root.run(kubelet.apply);
  root.put("/etc/kubernetes/kubelet/config.json", { text: "{}", mode: 0o646 });
  expect(root.run(kubelet.validate).passed).toBe(false);

  expect(root.run('"$BULWARK_ROOT/usr/local/sbin/bulwark-kubelet-files"').passed).toBe(true);
  expect(root.run(kubelet.validate).passed).toBe(true);
  root.remove();
});

it("refuses a base image of Ubuntu without the audit daemon unless a mirror says where it comes from", () => {
  const root = new Root("ubuntu");
  root.put("/usr/sbin/auditctl", undefined);
  const apply = (mirror: string | undefined) => {
    const found = topics({ family: "ubuntu", mirror }).flatMap((topic) => topic.items);
    return root.run(found.find(({ id }) => id === "audit-daemon")?.apply ?? "exit 1");
  };

  expect(apply(undefined)).toMatchObject({ passed: false, said: expect.stringContaining("mirror") as string });
  expect(apply("https://mirror.example.com/ubuntu")).toMatchObject({ passed: true });
  root.remove();
});

function fail(): never {
  throw new Error("the test is out of date");
}
