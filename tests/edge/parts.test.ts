import { clusterLayer } from "../../stacks/blueprint/schema";
import { proofOf } from "../../stacks/edge/certificate";
import { bucketName, logsPolicy } from "../../stacks/edge/logs";
import { rules } from "../../stacks/edge/rules";
import { bounded, type EdgeBlueprint } from "../../stacks/edge/site";
import { deliveryPolicy } from "../../stacks/edge/web-acl";
import { edgeBlueprint, words } from "./program";

const waf = (more: object = {}): EdgeBlueprint["waf"] => {
  const { edge } = clusterLayer.parse(edgeBlueprint({ waf: more }));
  if (edge === undefined) throw new Error("the blueprint has no edge");
  return edge.waf;
};
const trial = { action: "count", reason: words.reason, by: words.by, until: "2027-01-31" };
const byName = (name: string, more: object = {}) => rules("production", waf(more)).find((rule) => rule.name === name);
const groupOf = (name: string, more: object = {}) => JSON.stringify(byName(name, more)?.statement);

describe("the web ACL's rules", () => {
  it("are the baseline and nothing else when nothing is said, and every one blocks", () => {
    const said = rules("production", waf());

    expect(said.map(({ name }) => name)).toEqual([
      "anti-ddos",
      "ip-reputation",
      "rate-limit",
      "known-bad-inputs",
      "common",
    ]);
    expect(JSON.stringify(said)).not.toMatch(/"(count|allow)"/);
    expect(groupOf("anti-ddos")).toContain('"usageOfAction":"DISABLED"');
  });

  it("have each a priority and a metric of their own", () => {
    const said = rules("production", waf({ anonymousIps: { action: "block" }, botControl: { action: "block" } }));

    expect(new Set(said.map(({ priority }) => priority)).size).toBe(7);
    expect(new Set(said.map((rule) => JSON.stringify(rule.visibilityConfig))).size).toBe(7);
  });

  it("count only what is on trial", () => {
    expect(byName("anonymous-ips", { anonymousIps: trial })?.overrideAction).toEqual({ count: {} });
    expect(byName("bot-control", { botControl: trial })?.overrideAction).toEqual({ count: {} });
    expect(byName("common", { bodySize: trial })?.overrideAction).toEqual({ none: {} });
    expect(groupOf("common", { bodySize: trial })).toContain(
      '"ruleActionOverrides":[{"name":"SizeRestrictions_BODY","actionToUse":{"count":{}}}]',
    );
    expect(groupOf("anti-ddos", { challenge: trial })).toContain("ChallengeDDoSRequests");
  });

  it("challenge browsers during an attack where that is asked for", () => {
    const asked = groupOf("anti-ddos", { challenge: { action: "block" } });

    expect(asked).toContain('"usageOfAction":"ENABLED"');
    expect(asked).not.toContain("count");
  });
});

describe("the names of the edge", () => {
  const longest = "P".repeat(41);

  it("fit AWS's limits however long the cluster's name is", () => {
    expect(bucketName("111122223333", "eu-central-1", longest)).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    expect(bounded(`bulwark-${longest}`, 36)).toMatch(/^[A-Za-z0-9-]{36}$/);
  });

  it("differ where clusters or regions differ, even when they are cut", () => {
    const own = bucketName("111122223333", "eu-central-1", longest);
    expect(bucketName("111122223333", "eu-west-1", longest)).not.toBe(own);
    expect(bucketName("111122223333", "eu-central-1", `${longest.slice(1)}Q`)).not.toBe(own);
    expect(bounded(`bulwark-${longest}`, 36)).not.toBe(bounded(`bulwark-${longest}Q`, 36));
    expect(bounded("bulwark-production", 36)).toBe("bulwark-production");
  });
});

describe("who may write the logs", () => {
  it("is Elastic Load Balancing, for load balancers of this account alone", () => {
    const { Statement } = JSON.parse(logsPolicy("b", "111122223333")) as { Statement: Record<string, unknown>[] };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");

    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: ["arn:aws:s3:::b/access/AWSLogs/111122223333/*", "arn:aws:s3:::b/connection/AWSLogs/111122223333/*"],
    });
  });

  it("is log delivery, into the web ACL's own group, on behalf of this account", () => {
    expect(JSON.parse(deliveryPolicy(edgeBlueprint()))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Resource: "arn:aws:logs:eu-central-1:111122223333:log-group:aws-waf-logs-production:*",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    });
  });
});

it("takes the proof of the right host, in whichever order ACM answers", () => {
  const option = (domainName: string) => ({
    domainName,
    resourceRecordName: `_1.${domainName}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_2.acm-validations.aws.",
  });

  expect(proofOf("b.example.com", [option("a.example.com"), option("b.example.com")]).domainName).toBe("b.example.com");
  expect(() => proofOf("c.example.com", [option("a.example.com")])).toThrow('no proof of "c.example.com"');
});
