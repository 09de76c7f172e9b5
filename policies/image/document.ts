import { parse } from "yaml";

type Phase = "build" | "validate" | "test";

/** The names of the steps of a component by phase; undefined where the text is no component document. */
export function stepsOf(data: string): Readonly<Partial<Record<Phase, readonly string[]>>> | undefined {
  const { phases } = fields(read(data));
  if (!Array.isArray(phases)) return undefined;
  const named = phases.map((phase: unknown) => {
    const { name, steps } = fields(phase);
    const names = Array.isArray(steps) ? steps.map((step: unknown) => fields(step)["name"]) : [];
    return [String(name), names.map(String)] as const;
  });
  return Object.fromEntries(named);
}

function read(data: string): unknown {
  try {
    return parse(data);
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
