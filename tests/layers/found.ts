import type { Registration } from "../../twin/registration";

/** The only registration of a type, or of a type and name. */
export function only(registrations: readonly Registration[], type: string, name?: string): Registration {
  const found = registrations.filter((each) => each.type === type && (name === undefined || each.name === name));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`found ${found.length} of ${type} ${name ?? ""}`);
  return first;
}

/** All registrations of a type. */
export function all(registrations: readonly Registration[], type: string): readonly Registration[] {
  return registrations.filter((each) => each.type === type);
}

/** Everything that two runs of one program must agree on, as text. */
export function fingerprint(registrations: readonly Registration[]): string {
  return JSON.stringify([...registrations].sort((a, b) => a.urn.localeCompare(b.urn)));
}
