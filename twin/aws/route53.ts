import type { Behaviour, Call, Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { objects, text } from "./property";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

const bare = (name: string): string => name.replace(/\.$/, "").toLowerCase();

const nameServers = (world: World): readonly string[] =>
  ["com", "net", "org", "co.uk"].map((end, index) => {
    const number = Number.parseInt(world.hex(4, end), 16) % 512;
    return `ns-${number + index * 512}.awsdns-${String(number % 64).padStart(2, "0")}.${end}`;
  });

const ownRecord = (zone: string, name: string, type: string): string => `${zone}_${name}_${type}`;

const zone: Behaviour = {
  token: ZONE,
  service: "Route 53",
  words: "Route 53 Hosted Zone",
  replaces: ["name", "delegationSetId"],
  required: ["name"],
  global: true,
  minutes: { create: 0.75, update: 0.5, delete: 0.75 },
  defaults: () => ({ comment: "Managed by Pulumi", forceDestroy: false, enableAcceleratedRecovery: false }),
  references: [
    {
      path: "vpcs[].vpcId",
      to: "aws:ec2/vpc:Vpc",
      missing: (id) => new AwsError("InvalidVPCId", `The VPC: ${id} that you provided does not exist.`), // wording not verified
    },
  ],
  refuseUpdate: ({ inputs, old }) => {
    const isPrivate = (of: Call["inputs"]): boolean => objects(of, "vpcs").length > 0;
    if (isPrivate(inputs) !== isPrivate(old.inputs))
      throw new AwsError("InvalidInput", "A private hosted zone cannot become public, nor a public one private."); // wording not verified
  },
  refuseDelete: ({ world, stored }) => {
    if (stored.inputs["forceDestroy"] === true) return;
    const own = [ownRecord(stored.id, nameOf(stored), "NS"), ownRecord(stored.id, nameOf(stored), "SOA")];
    if (world.all(RECORD).some(({ id, inputs }) => inputs["zoneId"] === stored.id && !own.includes(id)))
      throw new AwsError(
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
      );
  },
  id: ({ world }) => `Z${world.hex(20).toUpperCase()}`,
  outputs: ({ world }, id) => ({
    arn: `arn:aws:route53:::hostedzone/${id}`,
    nameServers: nameServers(world),
    primaryNameServer: nameServers(world)[0],
    zoneId: id,
  }),
  afterCreate: ({ world, inputs }, id) => {
    const name = bare(text(inputs, "name") ?? "");
    for (const type of ["NS", "SOA"]) {
      world.makeBehindTheBack({
        type: RECORD,
        id: ownRecord(id, name, type),
        inputs: { zoneId: id, name, type },
        properties: { zoneId: id, name, type, fqdn: name, records: nameServers(world) },
        note: `Route 53 made the ${type} record of zone ${name}; it goes with the zone`,
      });
    }
  },
  afterDelete: ({ world, stored }) => {
    for (const { id, inputs } of world.all(RECORD)) if (inputs["zoneId"] === stored.id) world.takeAway(RECORD, id);
  },
};

const nameOf = ({ inputs }: Stored): string => bare(text(inputs, "name") ?? "");

const record: Behaviour = {
  token: RECORD,
  service: "Route 53",
  words: "Route 53 Record",
  replaces: ["name", "zoneId"],
  required: ["name", "type", "zoneId"],
  global: true,
  minutes: { create: 0.75, update: 0.75, delete: 0.75 },
  references: [
    {
      path: "zoneId",
      to: ZONE,
      missing: (id) => new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404),
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    refuseSettings(call);
    if (inputs["allowOverwrite"] !== true && world.find(RECORD, idOf(call)) !== undefined) {
      const set = `[name='${fqdn(call)}.', type='${text(inputs, "type") ?? ""}']`;
      throw new AwsError("InvalidChangeBatch", `[Tried to create resource record set ${set} but it already exists]`);
    }
  },
  refuseUpdate: refuseSettings,
  id: idOf,
  outputs: (call) => ({ fqdn: fqdn(call), allowOverwrite: call.inputs["allowOverwrite"] ?? false }),
};

/** Records and a time to live, or an alias: exactly one of the two. */
function refuseSettings({ inputs }: Call): void {
  const [plain, alias] = [inputs["records"] !== undefined, inputs["aliases"] !== undefined];
  if (plain === alias) throw new AwsError("InvalidChangeBatch", "exactly one of records, aliases must be specified");
  if (plain && inputs["ttl"] === undefined) throw new AwsError("InvalidChangeBatch", "records need a ttl");
}

/** A name is completed with the zone's unless it ends with it already. */
function fqdn({ world, inputs }: Call): string {
  const found = world.find(ZONE, text(inputs, "zoneId") ?? "");
  const [name, end] = [bare(text(inputs, "name") ?? ""), found === undefined ? "" : nameOf(found)];
  if (name === end || name.endsWith(`.${end}`)) return name;
  return name === "" ? end : `${name}.${end}`;
}

function idOf(call: Call): string {
  const { inputs } = call;
  const set = text(inputs, "setIdentifier");
  return `${text(inputs, "zoneId") ?? ""}_${fqdn(call)}_${text(inputs, "type") ?? ""}${set === undefined ? "" : `_${set}`}`;
}

const healthCheck: Behaviour = {
  token: "aws:route53/healthCheck:HealthCheck",
  service: "Route 53",
  words: "Route 53 Health Check",
  replaces: ["type", "measureLatency", "requestInterval", "routingControlArn", "referenceName"],
  required: ["type"],
  global: true,
  defaults: () => ({ disabled: false, invertHealthcheck: false, measureLatency: false }),
  refuseCreate: ({ inputs }) => {
    const invalid = (message: string): AwsError => new AwsError("InvalidInput", message);
    const [interval, { regions }] = [inputs["requestInterval"], inputs];
    if (interval !== undefined && interval !== 10 && interval !== 30)
      throw invalid(`request_interval must be 10 or 30, got ${JSON.stringify(interval)}`);
    if (Array.isArray(regions) && regions.length < 3) throw invalid("A health check needs at least three regions");
    if ((text(inputs, "referenceName") ?? "").length > 27)
      throw invalid("reference_name cannot be longer than 27 characters");
  },
  id: ({ world }) => world.uuid(),
  outputs: (_, id) => ({ arn: `arn:aws:route53:::healthcheck/${id}` }),
};

/** What of Route 53 the twin knows. */
export const route53: readonly Behaviour[] = [zone, record, healthCheck];
