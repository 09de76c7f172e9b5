import facts from "../../../facts/shared-domains.json";
import { present, repeated, type Findings, type Rule } from "./rule";

const NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

const isAddress = (name: string) => /^[\d.]+(\/\d+)?$/.test(name) || /^[0-9a-f]*:[0-9a-f:]+(\/\d+)?$/i.test(name);

/**
 * True when anybody can get a name under this one: a registry's (`co.uk`), a host's that rents names out, and all of
 * AWS's own, among which are the buckets and load balancers of strangers.
 */
function isShared(parent: string): boolean {
  const labels = parent.split(".");
  const [second = "", top = ""] = labels;
  const registry = labels.length === 2 && top.length === 2 && facts.registries.includes(second);
  return labels.length < 2 || registry || /(^|\.)amazonaws\.com$/.test(parent) || facts.hosting.includes(parent);
}

const stripped = (name: string) =>
  name
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[:/].*$/, "")
    .replace(/\.$/, "");

function* domain(index: number, name: string): Findings {
  const path = ["network", "allowedDomains", index];
  const wildcard = name.startsWith("*.");
  const parent = wildcard ? name.slice(2) : name;
  if (name === "*")
    return yield { path, allowed: "names, not all of them: `*` is no list", fix: "write the names that are needed" };
  if (isAddress(name))
    return yield {
      path,
      allowed: "DNS names; addresses are not resolved and pass a DNS firewall",
      fix: "write the name behind the address",
    };
  if (wildcard && isShared(parent))
    return yield {
      path,
      allowed: `a wildcard under a name that belongs to somebody; anybody can get a host under ${parent}`,
      fix: `write the hosts that are needed, for example - example.${parent}`,
    };
  if (NAME.test(parent)) return;
  const plain = `${wildcard ? "*." : ""}${stripped(parent)}`;
  yield {
    path,
    allowed: "a DNS name in lower case without scheme, port, path or final dot; `*` only as the whole first part",
    fix: NAME.test(stripped(parent)) ? `write - ${plain}` : "write a name like api.example.com",
  };
}

/** The allow-list holds names whose owner is known. */
export const domains: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster") return;
  const names = present(blueprint.network?.allowedDomains);
  for (const [index, name] of names) yield* domain(index, name);
  yield* repeated(names, ["network", "allowedDomains"], "name");
};
