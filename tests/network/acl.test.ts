import type { Entry } from "../../stacks/network/acl";
import { entries } from "../../stacks/network/acl";

const tiers = ["public", "private", "intra", "firewall", "nat"] as const;
const covers = ({ tcp }: Entry, port: number) => tcp === "everything" || (tcp[0] <= port && port <= tcp[1]);
const fromWorld = (tier: (typeof tiers)[number]) =>
  entries(tier, true).filter(({ egress, peer }) => !egress && peer === "world");

describe.each(tiers)("the access list of the %s tier", (tier) => {
  it.each([22, 3389])("lets nobody in the world knock on port %d", (port) => {
    expect(fromWorld(tier).filter((entry) => covers(entry, port))).toEqual([]);
  });

  it("lets everything of the VPC pass both ways, which security groups then narrow", () => {
    const vpc = entries(tier, true).filter(({ peer }) => peer === "vpc");
    expect(vpc).toMatchObject([
      { egress: false, tcp: "everything" },
      { egress: true, tcp: "everything" },
    ]);
  });

  it("knows no world in a network without NAT", () => {
    expect(entries(tier, false).filter(({ peer }) => peer === "world")).toEqual([]);
  });
});

it("lets answers from the internet in where NAT and nodes wait for them", () => {
  for (const tier of ["public", "private", "firewall", "nat"] as const) {
    for (const port of [1024, 32768, 60999, 65535])
      expect(fromWorld(tier).some((entry) => covers(entry, port))).toBe(true);
  }
});

it("lets answers of the load balancer out to any client", () => {
  const out = entries("public", true).filter(({ egress, peer }) => egress && peer === "world");
  expect(out.some((entry) => covers(entry, 1024) && covers(entry, 65535))).toBe(true);
});

it("keeps the control plane's interfaces apart from the world", () => {
  expect(entries("intra", true).filter(({ peer }) => peer === "world")).toEqual([]);
});

it.each(["private", "firewall", "nat"] as const)(
  "lets what passes the %s tier reach 443 of the internet only",
  (tier) => {
    const out = entries(tier, true).filter(({ egress, peer }) => egress && peer === "world");
    expect(out).toEqual([{ egress: true, peer: "world", tcp: [443, 443] }]);
  },
);
