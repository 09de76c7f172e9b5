import { controls } from "../../policies/catalogue";
import { inventoryControl, item, resourceControl, token } from "../../policies/control";
import { Inventory, type Item } from "../../policies/inventory";
import { isSet, UNKNOWN } from "../../policies/unknown";
import { blocks, judge, summarise } from "../../policies/verdict";

interface Door {
  readonly open?: boolean;
  readonly locks?: readonly { readonly key?: string }[];
}
const DOOR = token<Door>("house:index:Door");
const ROOM = token<{ doors?: string[] }>("house:index:Room");
const words = { severity: "low", why: "w", fix: "f", refs: {} } as const;

const closed = resourceControl({
  ...words,
  id: "door-closed",
  title: "Doors are closed",
  resource: DOOR,
  *check({ open, locks = [] }) {
    if (open !== false) yield { path: "open", message: "the door is open" };
    for (const lock of locks) if (lock.key !== "steel") yield "the lock is weak";
  },
  good: [{ open: false }],
  bad: [{}],
});
const hasDoor = inventoryControl({
  ...words,
  id: "room-door",
  title: "Rooms have a closed door",
  about: [ROOM],
  *check(room, inventory) {
    if (inventory.linked(room, "doors", DOOR).length === 0) yield "no way in";
  },
  good: [[item(DOOR, "d", {})]],
  bad: [[item(ROOM, "r", {})]],
});

const outcome = (items: readonly Item[], control = closed, stage: "preview" | "up" = "preview") =>
  judge(new Inventory(items), [control], { stage }).map(({ verdict, path }) =>
    path === undefined ? verdict : `${verdict} ${path}`,
  );

describe("a verdict", () => {
  it("is undetermined, with the property, where the check reads an unknown", () => {
    expect(outcome([item(DOOR, "d", { open: UNKNOWN as never })])).toEqual(["undetermined open"]);
    expect(outcome([item(DOOR, "d", { open: false, locks: [{ key: "steel" }, { key: UNKNOWN }] })])).toEqual([
      "undetermined locks[1].key",
    ]);
    expect(outcome([item(DOOR, "d", { open: false, locks: UNKNOWN as never })])).toEqual(["undetermined locks"]);
  });

  it("is a violation where one was found before the unknown", () => {
    expect(outcome([item(DOOR, "d", { open: true, locks: [{ key: UNKNOWN }] })])).toEqual(["violation open"]);
  });

  it("is undetermined, with the reason, where the check itself fails", () => {
    const broken = { ...closed, check: () => JSON.parse("no policy") as string[] };
    const [verdict] = judge(new Inventory([item(DOOR, "d", {})]), [broken], { stage: "up" });

    expect(verdict).toMatchObject({
      verdict: "undetermined",
      message: expect.stringContaining("cannot be judged") as string,
    });
  });

  it("is not applicable where nothing of the type exists", () => {
    expect(outcome([item(ROOM, "r", {})])).toEqual(["not-applicable"]);
  });

  it("tells an unknown input from an absent one", () => {
    expect(isSet({ key: UNKNOWN }, "key")).toBe(true);
    expect(isSet<{ key?: string }>({}, "key")).toBe(false);
  });

  it("guards frozen inputs too", () => {
    expect(
      outcome([
        item(DOOR, "d", Object.freeze({ open: false, locks: Object.freeze([Object.freeze({ key: UNKNOWN })]) })),
      ]),
    ).toEqual(["undetermined locks[0].key"]);
  });
});

describe("a link", () => {
  const door = item(DOOR, "d", {});

  it("is followed by what the engine recorded, although the value is unknown", () => {
    expect(outcome([door, item(ROOM, "r", { doors: [UNKNOWN] }, { links: { doors: [door] } })], hasDoor)).toEqual([
      "pass",
    ]);
  });

  it("is followed by id or ARN where nothing was recorded", () => {
    expect(outcome([{ ...door, ids: ["door-1"] }, item(ROOM, "r", { doors: ["door-1"] })], hasDoor)).toEqual(["pass"]);
    expect(outcome([{ ...door, ids: ["door-1"] }, item(ROOM, "r", { doors: ["door-2"] })], hasDoor)).toEqual([
      "violation",
    ]);
  });

  it("that is unknown and comes from nowhere is undetermined", () => {
    expect(outcome([door, item(ROOM, "r", { doors: [UNKNOWN] })], hasDoor)).toEqual(["undetermined doors"]);
  });
});

describe("what blocks", () => {
  const [unknown] = judge(new Inventory([item(DOOR, "d", { open: UNKNOWN as never })]), [closed], { stage: "preview" });
  if (unknown === undefined) throw new Error("nothing was judged");

  it("in strict mode is also what is undetermined, unless it is decided at up", () => {
    expect(blocks(unknown, { strict: false })).toBe(false);
    expect(blocks(unknown, { strict: true })).toBe(true);
    expect(blocks({ ...unknown, decidedAt: "up" }, { strict: true })).toBe(false);
  });

  it("at up is what is undetermined even there", () => {
    const [late] = judge(
      new Inventory([item(DOOR, "d", { open: UNKNOWN as never })]),
      [{ ...closed, decidedAt: "up" }],
      { stage: "up" },
    );

    expect(late?.decidedAt).toBeUndefined();
  });
});

it("refuses to call an empty inventory clean", () => {
  const empty = new Inventory([{ ...item(DOOR, "stack", {}), type: "pulumi:pulumi:Stack" }]);

  expect(() => summarise(empty, judge(empty, controls, { stage: "up" }))).toThrow("no resource was scanned");
});
