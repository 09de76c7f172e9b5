import { z } from "zod";
import { tenant } from "./tenant";
import { text } from "./words";

/** The stack of the cluster that the platform stands on; its outputs say all that is not said here. */
export const standsOn = text(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,90}$/, {
  description:
    "The stack of the cluster layer that this platform stands on. This stack must be called `<cluster>-platform`: the runner may write that one and no other.",
  allowed: "the name of a stack of this project, as in Pulumi.<stack>.yaml",
  write: "cluster: production",
});

/** The teams in the cluster, by the name of their namespace. */
export const tenants = z.record(z.string(), tenant).default({}).meta({
  description:
    "The teams in the cluster, by name. The name is the namespace; it is fixed for the tenant's life, and deleting a tenant deletes what runs in it.",
  allowed: "names in lower case, each with `owner`; no namespace of the cluster itself",
  write: "tenants: { team-shop: { owner: team-shop@example.com } }",
  protects: "Nothing of a team's runs outside a boundary that somebody answers for.",
});
