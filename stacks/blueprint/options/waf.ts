import { z } from "zod";
import { by, reason, until } from "./words";

const action = (description: string, allowed: string, write: string) => ({ description, allowed, write });

/** Counting is a trial with an end: it shows what blocking would have done, and protects nothing meanwhile. */
const count = (allowed: string, write: string) =>
  z.strictObject({
    action: z
      .literal("count")
      .meta(
        action("Matches are counted and let pass until a day. Needs a waiver of edge-waf-enforced.", allowed, write),
      ),
    reason,
    by,
    until,
  });

const block = (allowed: string, write: string) =>
  z.strictObject({ action: z.literal("block").meta(action("Matches are refused.", allowed, write)) });

/** Rules that break honest clients of many applications, and so are asked for. */
const asked = (words: { readonly description: string; readonly protects: string }) =>
  z
    .discriminatedUnion("action", [
      z.strictObject({
        action: z.literal("none").meta(action("The rules are not there.", "none, count or block", "action: none")),
      }),
      count("none, count or block", "action: block"),
      block("none, count or block", "action: block"),
    ])
    .default({ action: "none" })
    .meta({ ...words, allowed: "an object with `action`", write: "{ action: block }" });

const bodySize = z
  .discriminatedUnion("action", [count("block or count", "action: block"), block("block or count", "action: block")])
  .default({ action: "block" })
  .meta({
    description:
      "Requests whose body is larger than the 8 KB that AWS WAF reads behind a load balancer; uploads and large forms among them.",
    allowed: "an object with `action`",
    write: "bodySize: { action: block }",
    protects: "Nothing hides behind the part of a body that is inspected.",
  });

/** What AWS WAF refuses besides the rules that are always there. */
export const waf = z
  .strictObject({
    rateLimit: z.literal([100, 300, 500, 1000, 2000, 5000, 10_000, 20_000]).default(2000).meta({
      description: "How many requests one address may send in five minutes before it is refused.",
      allowed: "100, 300, 500, 1000, 2000, 5000, 10000 or 20000",
      write: "rateLimit: 2000",
      protects: "One address can neither try passwords nor wear the application out.",
    }),
    bodySize,
    anonymousIps: asked({
      description: "Addresses of proxies, Tor nodes and hosting providers (AWSManagedRulesAnonymousIpList).",
      protects: "Attackers cannot hide where they come from; nor can honest people behind a VPN.",
    }),
    botControl: asked({
      description: "Clients that are programs (AWSManagedRulesBotControlRuleSet, billed by request).",
      protects: "Scrapers and scanners are refused, and so is every client of an API that is no browser.",
    }),
    challenge: asked({
      description: "A silent test of the browser during an attack (the challenges of AWSManagedRulesAntiDDoSRuleSet).",
      protects: "A flood of programs is told from people; clients of an API cannot pass the test.",
    }),
  })
  .default({
    rateLimit: 2000,
    bodySize: { action: "block" },
    anonymousIps: { action: "none" },
    botControl: { action: "none" },
    challenge: { action: "none" },
  })
  .meta({
    description: "The web ACL's rules that depend on the application. The baseline is always there and blocks.",
    allowed: "an object with `rateLimit`, `bodySize`, `anonymousIps`, `botControl` or `challenge`",
    write: "waf: { rateLimit: 2000 }",
  });
