import { block, canonical, overlaps, parseBlock } from "../../cidr/block";
import { coversTheWorld } from "../../cidr/union";
import type { Path } from "../problem";
import type { ClusterBlueprint } from "../schema";
import { end } from "./exceptions";
import { present, repeated, type Findings, type Partly, type PartialBlueprint, type Rule } from "./rule";

type Edge = Partly<NonNullable<ClusterBlueprint["edge"]>>;

const NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** ACM refuses a first name of more (RequestCertificate, DomainName). */
const LONGEST_FIRST = 64;

/** Addresses by which nobody comes in from the internet. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].map(block);

function* zoneAndHosts({ hosts: list, zone }: Edge): Findings {
  const asked = zone?.name;
  const name = asked !== undefined && NAME.test(asked) ? asked : undefined;
  if (asked !== undefined && name === undefined)
    yield {
      path: ["edge", "zone", "name"],
      allowed: "a DNS name in lower case of two parts or more, without scheme, path or final dot",
      fix: "write name: example.com",
    };

  const hosts = present(list);
  for (const [index, host] of hosts) {
    const path = ["edge", "hosts", index];
    if (host.includes("*"))
      yield {
        path,
        allowed: "names without `*`: a wildcard speaks for names that nobody has thought of yet",
        fix: `write the hosts one by one, for example - shop.${host.replace(/^[*.]+/, "")}`,
      };
    else if (!NAME.test(host))
      yield {
        path,
        allowed: "a DNS name in lower case without scheme, port, path or final dot",
        fix: "write - shop.example.com",
      };
    else if (name !== undefined && host !== name && !host.endsWith(`.${name}`))
      yield { path, allowed: `names inside the zone ${name}`, fix: `write - ${host.split(".")[0] ?? ""}.${name}` };
    if (index === 0 && host.length > LONGEST_FIRST)
      yield {
        path,
        got: `a first name of ${host.length} characters`,
        allowed: `a first name of at most ${LONGEST_FIRST} characters: ACM takes it as the certificate's common name`,
        fix: "write a shorter name first",
      };
  }
  yield* repeated(hosts, ["edge", "hosts"], "host");
}

function* source(path: Path, text: string, to: "internal" | "internet"): Findings {
  const parsed = parseBlock(text);
  if (!parsed)
    return yield {
      path,
      allowed: "a block: an address, a slash and a prefix length",
      fix: "write - 203.0.113.7/32 for one address",
    };
  const plain = canonical(parsed);
  if (plain !== text) yield { path, allowed: "a block written from its first address", fix: `write - ${plain}` };
  const isPrivate = PRIVATE.some((range) => overlaps(range, parsed));
  if (to === "internet" && isPrivate)
    yield { path, allowed: "addresses of the internet: nobody comes from private ones", fix: `remove - ${text}` };
  if (to === "internal" && !isPrivate)
    yield {
      path,
      allowed: "private addresses: an internal load balancer is not found from the internet",
      fix: `remove - ${text}`,
    };
}

function* exposure({ exposure }: Edge, { network }: Partly<ClusterBlueprint>): Findings {
  if (exposure?.to === undefined) return;
  const path = ["edge", "exposure", "from"];
  const from = present(exposure.from);
  for (const [index, text] of from) yield* source([...path, index], text, exposure.to);
  yield* repeated(from, path, "block");
  if (coversTheWorld(from.flatMap(([, text]) => parseBlock(text) ?? [])))
    yield {
      path,
      got: "blocks that together are the whole internet",
      allowed: "blocks that leave somebody out",
      fix: "remove `from`: left out, everybody may come, and one reads it at a glance",
    };

  if (exposure.to !== "internet") return;
  const closed = network?.mode === "create" && network.nat === "none";
  const publicSubnets = network?.mode === "existing" ? network.subnets?.public : undefined;
  const tooFew = publicSubnets !== undefined && publicSubnets.length < 2;
  if (closed || tooFew)
    yield {
      path: ["edge", "exposure", "to"],
      allowed: "internal here: a load balancer of the internet needs two public subnets, and this network has none",
      fix: closed ? "write to: internal, or network.nat: per-zone" : "write to: internal, or name two public subnets",
    };
}

function* shield({ exposure, shield }: Edge, environment: string | undefined): Findings {
  if (environment === "production" && exposure?.to === "internet" && shield?.advanced === "undecided")
    yield {
      path: ["edge", "shield"],
      allowed: "a decision in production: refused with reason and name, subscribe with its terms, or subscribed",
      fix: "write shield: { advanced: refused, reason: …, by: … }",
    };
  if (exposure?.to === "internal" && shield?.advanced === "subscribe")
    yield {
      path: ["edge", "shield", "advanced"],
      allowed: "refused or subscribed for an internal load balancer: no flood of the internet reaches it",
      fix: "remove `shield`",
    };
}

/** Each contact is somebody else: a second call to the same phone reaches nobody new. */
function* contacts({ shield }: Edge): Findings {
  if (shield?.advanced !== "subscribe" && shield?.advanced !== "subscribed") return;
  if (shield.responseTeam?.access !== "granted") return;
  const phones = present(shield.responseTeam.contacts).flatMap(([index, contact]): [number, string][] =>
    contact.phone === undefined ? [] : [[index, contact.phone]],
  );
  yield* repeated(phones, ["edge", "shield", "responseTeam", "contacts"], "phone");
}

/** The trials of the web ACL end on real days. */
function* trials({ waf }: Edge, today: string): Findings {
  const { bodySize, anonymousIps, botControl, challenge } = waf ?? {};
  for (const [name, rule] of Object.entries({ bodySize, anonymousIps, botControl, challenge }))
    if (rule?.action === "count") yield* end(rule.until, ["edge", "waf", name, "until"], today);
}

/** The edge names hosts of its own zone, says who may come, and has decided on Shield and on trials. */
export const edge: Rule = function* (blueprint: PartialBlueprint, today) {
  if (blueprint.layer !== "cluster" || blueprint.edge === undefined) return;
  yield* zoneAndHosts(blueprint.edge);
  yield* exposure(blueprint.edge, blueprint);
  yield* shield(blueprint.edge, blueprint.environment);
  yield* contacts(blueprint.edge);
  yield* trials(blueprint.edge, today);
};
