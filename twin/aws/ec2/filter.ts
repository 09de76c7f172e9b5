import type { Properties, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text, texts } from "../property";

/** What EC2's filters are called, and the property they look at. */
const FILTERS: Readonly<Record<string, string>> = {
  "vpc-id": "vpcId",
  "subnet-id": "id",
  "route-table-id": "id",
  "association.main": "main",
  "service-name": "serviceName",
  "vpc-endpoint-id": "id",
  "vpc-endpoint-type": "vpcEndpointType",
  "group-id": "id",
  "group-name": "name",
  "availability-zone": "availabilityZone",
  "availability-zone-id": "availabilityZoneId",
  cidr: "cidrBlock",
  "cidr-block": "cidrBlock",
};

/** What every regional answer carries. */
export const regional = (world: World, id: string) => ({ id, region: world.region });

/** What a data source answers of a resource before it adds its own. */
export const seen = (world: World, { id, properties }: Stored): Properties => ({
  tags: {},
  ...properties,
  ...regional(world, id),
  state: "available",
});

/** Finds resources as EC2's data sources do: by id, by plain arguments, by filters and by tags. */
export function search(world: World, token: string, args: Properties, plain: readonly string[]): readonly Stored[] {
  return world.all(token).filter((stored) => {
    const actual: Properties = { ...stored.properties, id: stored.id };
    return (
      plain.every((key) => args[key] === undefined || actual[key] === args[key]) &&
      hasTags(actual, (args.tags ?? {}) as Properties) &&
      objects(args, "filters").every((filter) => passes(actual, filter))
    );
  });
}

/** The one thing that was found; EC2's data sources refuse none and several. */
export function only(found: readonly Stored[], words: string): Stored {
  const [first, second] = found;
  if (first === undefined) throw new AwsError("NotFound", `no matching ${words} found`);
  if (second !== undefined)
    throw new AwsError(
      "TooManyResults",
      `multiple ${words}s matched; use additional constraints to reduce matches to a single ${words}`,
    );
  return first;
}

function passes(actual: Properties, filter: Properties): boolean {
  const name = text(filter, "name") ?? "";
  const values = texts(filter, "values");
  if (name.startsWith("tag:")) return values.some((value) => hasTags(actual, { [name.slice("tag:".length)]: value }));
  if (name === "tag-key") return values.some((key) => key in tagsOf(actual));
  const property = FILTERS[name];
  if (property === undefined) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
  return values.includes(String(actual[property]));
}

function hasTags(actual: Properties, wanted: Properties): boolean {
  return Object.entries(wanted).every(([key, value]) => tagsOf(actual)[key] === value);
}

function tagsOf({ tags, tagsAll }: Properties): Properties {
  return (tagsAll ?? tags ?? {}) as Properties;
}
