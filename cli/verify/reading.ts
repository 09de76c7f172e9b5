import { readFileSync } from "node:fs";

/** A bag of properties. */
export type Properties = Readonly<Record<string, unknown>>;

/** One resource as the provider read it from AWS, beside what the state recorded; `now` is absent where AWS has nothing. */
export interface Reading {
  readonly urn: string;
  readonly type: string;
  readonly asked: Properties;
  readonly recorded: Properties;
  readonly now: { readonly inputs: Properties; readonly outputs: Properties } | undefined;
}

interface Side {
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

interface Event {
  readonly resOutputsEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly type: string;
      readonly old?: Side | null;
      readonly new?: Side | null;
    };
  };
}

/** Reads what a refresh that changes nothing found, by URN. */
export function readings(eventLog: string): ReadonlyMap<string, Reading> {
  const events = readFileSync(eventLog, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Event);
  return new Map(
    events.flatMap(({ resOutputsEvent }): [string, Reading][] => {
      if (resOutputsEvent === undefined) return [];
      const { op, urn, type, old, new: now } = resOutputsEvent.metadata;
      const { inputs: asked = {}, outputs: recorded = {} } = old ?? {};
      const gone = op === "delete" || now === undefined || now === null;
      return [
        [
          urn,
          {
            urn,
            type,
            asked,
            recorded,
            now: gone ? undefined : { inputs: now.inputs ?? {}, outputs: now.outputs ?? {} },
          },
        ],
      ];
    }),
  );
}
