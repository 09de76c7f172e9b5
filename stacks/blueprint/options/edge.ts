import { z } from "zod";
import { shield } from "./shield";
import { waf } from "./waf";
import { reason, text } from "./words";

const host = {
  description: "A public name under which the load balancer answers.",
  allowed: "a DNS name in lower case inside the zone, without `*`; the first of at most 64 characters",
  write: "- shop.example.com",
};

const hosts = z.array(text(/^\S+$/, host)).min(1).max(10).meta({
  description: "The names that the certificate holds and that lead to the load balancer.",
  allowed: "a list of one to ten names inside the zone, none twice",
  write: "hosts: [shop.example.com]",
  protects: "A wildcard certificate speaks for names that nobody has thought of yet.",
});

const mode = (description: string) => ({ description, allowed: "create or existing", write: "mode: create" });

const zoneName = text(/^\S+$/, {
  description: "The zone's name. Fixed for the zone's life.",
  allowed: "a DNS name in lower case of two parts or more",
  write: "name: example.com",
});

const zone = z
  .discriminatedUnion("mode", [
    z.strictObject({
      mode: z
        .literal("create")
        .meta(
          mode(
            "The stack makes the zone. The first `up` waits until its name servers are entered in the zone above it.",
          ),
        ),
      name: zoneName,
    }),
    z.strictObject({
      mode: z.literal("existing").meta(mode("The public zone exists; the stack only writes its own records into it.")),
      id: text(/^Z[A-Z0-9]{4,31}$/, {
        description: "The hosted zone's id.",
        allowed: "`Z` and 4 to 31 capital letters and digits, as Route 53 shows it",
        write: "id: Z0123456789EXAMPLE",
      }),
      name: zoneName,
    }),
  ])
  .meta({
    description: "The public Route 53 zone that holds the hosts and proves the certificate.",
    allowed: "an object with `mode: create` or `mode: existing`",
    write: "zone: { mode: create, name: example.com }",
  });

const to = (description: string) => ({ description, allowed: "internal or internet", write: "to: internal" });

const from = (what: string, byDefault: string) =>
  z
    .array(
      text(/^\S+$/, {
        description: `${what} that may reach the load balancer.`,
        allowed: "a block written from its first address",
        write: "- 203.0.113.0/28",
      }),
    )
    .min(1)
    .optional()
    .meta({
      description: `${what}s that may reach the load balancer. Left out: ${byDefault}.`,
      allowed: "a list of blocks, none twice, that together are not the whole internet",
      write: "from: [203.0.113.0/28]",
    });

const exposure = z
  .discriminatedUnion("to", [
    z.strictObject({
      to: z.literal("internal").meta(to("The load balancer stands in the private subnets and has private addresses.")),
      from: from("A private block", "the VPC"),
    }),
    z.strictObject({
      to: z.literal("internet").meta(to("The load balancer stands in the public subnets and everybody finds it.")),
      from: from("A public block", "everybody"),
      reason,
    }),
  ])
  .default({ to: "internal" })
  .meta({
    description: "Who can reach the load balancer. Changing it replaces the load balancer.",
    allowed: "an object with `to: internal` or `to: internet`",
    write: "exposure: { to: internal }",
    protects: "What nobody needs from outside is not found from outside.",
  });

/** The one way in: load balancer, certificate, names, web ACL and Shield. Left out, there is none of it. */
export const edge = z.strictObject({ hosts, zone, exposure, waf, shield }).optional().meta({
  description:
    "The load balancer in front of the ingress gateway, with certificate, names, web ACL and logs. Left out, nothing leads in.",
  allowed: "an object with `hosts` and `zone`",
  write: "edge: { hosts: [shop.example.com], zone: { mode: create, name: example.com } }",
  protects: "A load balancer made by hand has no web ACL, no log and yesterday's ciphers.",
});
