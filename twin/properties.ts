import type { Behaviour, Call, Properties } from "./behaviour";
import type { Configuration } from "./request";
import { schema } from "./schema";
import { isBag, UNKNOWN } from "./wire";

/** What a read answers: AWS's defaults, the inputs, the region, all tags, and what the behaviour computes. */
export function answered(call: Call, behaviour: Behaviour, id: string, configuration: Configuration): Properties {
  const shape = schema.resources[behaviour.token];
  return {
    ...behaviour.defaults?.(call),
    ...call.inputs,
    ...(shape?.inputs.region === undefined ? {} : { region: call.world.region }),
    ...(shape?.outputs.includes("tagsAll") ? { tagsAll: allTags(call.inputs, configuration) } : {}),
    ...behaviour.outputs(call, id),
  };
}

/** Inputs with what the provider adds: its region and its default tags, or what the last deployment says they were. */
export function completed(
  type: string,
  inputs: Properties,
  configuration: Configuration & { readonly region: string },
  state?: Properties,
): Properties {
  const shape = schema.resources[type];
  const tagsAll = state ? (state.tagsAll ?? {}) : allTags(inputs, configuration);
  return {
    ...(shape?.inputs.region === undefined ? {} : { region: state?.region ?? configuration.region }),
    ...inputs,
    ...(shape?.outputs.includes("tagsAll") ? { tagsAll } : {}),
  };
}

/** In a preview everything that AWS would fill in, or would fill in anew, is unknown. */
export function unknowns(type: string, outputs = schema.resources[type]?.outputs ?? []): Properties {
  return Object.fromEntries(outputs.map((output) => [output, UNKNOWN]));
}

/** The properties that a program could have asked for. */
export function inputsAmong(type: string, properties: Properties): Properties {
  const known = schema.resources[type]?.inputs ?? {};
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key in known));
}

function allTags(inputs: Properties, { defaultTags }: Configuration): Properties {
  return { ...defaultTags?.tags, ...(inputs.tags as Properties | undefined) };
}

/**
 * What was asked for, as it stands now: a refresh gives an input another value only where the account no longer answers what it
 * answered last, so that a change from outside is a difference to the program and a mere spelling of AWS's is none.
 */
export function inputsAsHeld(inputs: Properties, answeredLast: Properties, properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, asked]) => {
      const [before, held] = [answeredLast[key], properties[key]];
      if (JSON.stringify(before) === JSON.stringify(held)) return [[key, asked]];
      if (isBag(asked) && isBag(before) && isBag(held)) return [[key, inputsAsHeld(asked, before, held)]];
      return held === undefined ? [] : [[key, held]];
    }),
  );
}
