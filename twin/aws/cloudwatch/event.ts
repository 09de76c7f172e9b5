import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { present, text } from "../property";

const BUS = "aws:cloudwatch/eventBus:EventBus";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

const busOf = (inputs: Call["inputs"]): string =>
  (text(inputs, "eventBusName") ?? "default").replace(/^arn:.*event-bus\//, "");

const noBus = (name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`);

/** An event bus besides the default one, which every region has. */
export const eventBus: Behaviour = {
  token: BUS,
  service: "EventBridge",
  words: "EventBridge Event Bus",
  replaces: ["name", "eventSourceName"],
  autoName: { property: "name" },
  refuseCreate: ({ world, inputs }) => {
    const name = text(inputs, "name") ?? "";
    if (name === "default" || world.find(BUS, name) !== undefined)
      throw new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
  },
  refuseDelete: ({ world, stored }) => {
    if (world.all(RULE).some(({ inputs }) => busOf(inputs) === stored.id))
      throw new AwsError("ValidationException", `Event bus ${stored.id} can't be deleted since it has rules.`); // not verified
  },
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: ({ world }, id) => ({ arn: regionalArn(world, "events", `event-bus/${id}`) }),
};

/** A rule on a bus, by pattern or by clock. */
export const eventRule: Behaviour = {
  token: RULE,
  service: "EventBridge",
  words: "EventBridge Rule",
  replaces: ["name", "namePrefix", "eventBusName"],
  autoName: { property: "name" },
  defaults: () => ({ eventBusName: "default", state: "ENABLED", forceDestroy: false }),
  refuseCreate: refuseRule,
  refuseUpdate: refuseRule,
  refuseDelete: ({ world, stored }) => {
    const [bus, name] = [busOf(stored.inputs), text(stored.inputs, "name")];
    if (world.all(TARGET).some(({ inputs }) => text(inputs, "rule") === name && busOf(inputs) === bus))
      throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
  },
  id: ({ inputs }) => ruleId(busOf(inputs), text(inputs, "name") ?? ""),
  outputs: ({ world }, id) => ({ arn: regionalArn(world, "events", `rule/${id}`) }),
};

function refuseRule({ world, inputs }: Call): void {
  const [bus, pattern] = [busOf(inputs), text(inputs, "eventPattern")];
  if (!/^[.\w-]{1,64}$/.test(text(inputs, "name") ?? ""))
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${text(inputs, "name") ?? ""}' at 'name' failed to satisfy constraint: at most 64 of [\\.\\-_A-Za-z0-9]`,
    );
  if (bus !== "default" && world.find(BUS, bus) === undefined) throw noBus(bus);
  if (present(inputs, "eventPattern", "scheduleExpression") === 0)
    throw new AwsError("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (inputs["scheduleExpression"] !== undefined && bus !== "default")
    throw new AwsError("ValidationException", "ScheduleExpression is supported only on the default event bus.");
  if (pattern === undefined) return;
  if (pattern.length > 4096)
    throw new AwsError(
      "ValidationException",
      "1 validation error detected: Value at 'eventPattern' is longer than 4096",
    );
  if (!isObject(pattern))
    throw new AwsError("InvalidEventPatternException", "Event pattern is not valid. Reason: JSON syntax error");
}

function isObject(document: string): boolean {
  try {
    const value: unknown = JSON.parse(document);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Where a rule sends its events; the target's own policy must let it, or the events are lost in silence. */
export const eventTarget: Behaviour = {
  token: TARGET,
  service: "EventBridge",
  words: "EventBridge Target",
  replaces: ["rule", "eventBusName", "targetId"],
  required: ["arn", "rule"],
  autoName: { property: "targetId" },
  defaults: () => ({ eventBusName: "default", forceDestroy: false }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const [bus, rule] = [busOf(inputs), text(inputs, "rule") ?? ""];
    if (world.find(RULE, ruleId(bus, rule)) === undefined)
      throw new AwsError("ResourceNotFoundException", `Rule ${rule} does not exist on EventBus ${bus}.`);
    const others = world
      .all(TARGET)
      .filter((other) => text(other.inputs, "rule") === rule && busOf(other.inputs) === bus);
    if (others.length >= 5)
      throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed."); // not verified
    refuseTarget(call);
  },
  refuseUpdate: refuseTarget,
  id: ({ inputs }) => {
    const [bus, target] = [busOf(inputs), `${text(inputs, "rule") ?? ""}-${text(inputs, "targetId") ?? ""}`];
    return bus === "default" ? target : `${bus}-${target}`;
  },
  outputs: () => ({}),
};

function refuseTarget({ inputs }: Call): void {
  if (!(text(inputs, "arn") ?? "").startsWith("arn:"))
    throw new AwsError(
      "ValidationException",
      `Parameter ${text(inputs, "arn") ?? ""} is not valid. Reason: Provided Arn is not in correct format.`,
    );
  if (present(inputs, "input", "inputPath", "inputTransformer") > 1)
    throw new AwsError("ValidationException", "Only one of Input, InputPath, or InputTransformer must be provided.");
}

const ruleId = (bus: string, name: string): string => (bus === "default" ? name : `${bus}/${name}`);
