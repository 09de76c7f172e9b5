import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { globalArn } from "../arn";
import { kept } from "../kept";
import { text } from "../property";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

const bare = (url: string): string => url.replace(/^https:\/\//, "");

/** An OpenID Connect provider: one per URL; a replaced cluster has a new issuer and leaves the old one dangling. */
export const openIdConnectProvider: Behaviour = {
  token: PROVIDER,
  service: "IAM",
  words: "IAM OIDC Provider",
  replaces: ["url"],
  required: ["url", "clientIdLists"],
  global: true,
  refuseCreate: ({ world, inputs }) => {
    const url = text(inputs, "url") ?? "";
    if (!/^https:\/\/[^/]+/.test(url)) throw new AwsError("ValidationError", `Invalid Open ID Connect Provider URL`);
    if (world.find(PROVIDER, globalArn(world, "iam", `oidc-provider/${bare(url)}`)) !== undefined)
      throw new AwsError("EntityAlreadyExists", `Provider with url ${url} already exists.`, 409);
  },
  id: ({ world, inputs }) => globalArn(world, "iam", `oidc-provider/${bare(text(inputs, "url") ?? "")}`),
  // AWS reads the URL back without its scheme, and finds the thumbprint itself.
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    url: bare(text(inputs, "url") ?? ""),
    thumbprintLists: inputs["thumbprintLists"] ?? [world.hex(40, "thumbprint")],
  }),
};

/** What lends a role to an instance; it holds one. */
export const instanceProfile: Behaviour = {
  token: PROFILE,
  service: "IAM",
  words: "IAM Instance Profile",
  replaces: ["name", "namePrefix", "path"],
  autoName: { property: "name" },
  global: true,
  minutes: { create: 0.1 },
  defaults: () => ({ path: "/" }),
  references: [
    {
      path: "role",
      to: "aws:iam/role:Role",
      missing: (name) => new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404),
    },
  ],
  refuseCreate: ({ world, inputs }) => {
    const name = text(inputs, "name") ?? "";
    if (world.find(PROFILE, name) !== undefined)
      throw new AwsError("EntityAlreadyExists", `Instance Profile ${name} already exists.`, 409);
  },
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: ({ world, inputs }, id) => ({
    arn: globalArn(world, "iam", `instance-profile${text(inputs, "path") ?? "/"}${id}`),
    uniqueId: `AIPA${world.hex(17).toUpperCase()}`,
    createDate: kept(world, PROFILE, id, "createDate", world.now()),
  }),
};
