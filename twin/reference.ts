import type { Behaviour, Properties, Reference, Stored, World } from "./behaviour";
import { AwsError } from "./error";
import { valuesAt } from "./path";

/** Refuses inputs that name something which does not exist, or which is on its way out. */
export function refuseDangling(behaviour: Behaviour, inputs: Properties, world: World): void {
  for (const reference of behaviour.references ?? []) {
    for (const value of valuesAt(inputs, reference.path)) {
      if (typeof value !== "string" || value === "" || reference.unless?.(value)) continue;
      const found = lookUp(reference, value, world);
      if (found === undefined) throw reference.missing(value);
      if (found.status === "PENDING_DELETION") throw pendingDeletion(found, reference, value);
    }
  }
}

/** Refuses to delete what others still refer to, where AWS does. */
export function refuseHeld(
  gone: Stored,
  others: readonly Stored[],
  behaviourOf: (type: string) => Behaviour | undefined,
): void {
  for (const other of others) {
    if (other === gone || other.status === "PENDING_DELETION") continue;
    for (const reference of behaviourOf(other.type)?.references ?? []) {
      if (reference.to !== gone.type || reference.held === undefined) continue;
      const name = reference.by === undefined ? gone.id : valuesAt(gone.properties, reference.by)[0];
      if (valuesAt(other.inputs, reference.path).includes(name)) throw reference.held(gone);
    }
  }
}

function lookUp({ to, by }: Reference, value: string, world: World): Stored | undefined {
  return by === undefined ? world.find(to, value) : world.findBy(to, by, value);
}

function pendingDeletion(found: Stored, reference: Reference, value: string): AwsError {
  if (found.type !== "aws:kms/key:Key") return reference.missing(value);
  const { arn } = found.properties as { arn?: string };
  return new AwsError("KMSInvalidStateException", `${arn ?? found.id} is pending deletion.`);
}
