import type { Stored } from "./behaviour";
import type { Leftover, Leftovers } from "./request";

/** Groups what is in the account by who is to blame for it. */
export function leftovers(resources: readonly Stored[]): Leftovers {
  const sorted = [...resources].sort((one, other) => (`${one.type} ${one.id}` < `${other.type} ${other.id}` ? -1 : 1));
  const pending = sorted.filter(({ status }) => status === "PENDING_DELETION");
  const alive = sorted.filter(({ status }) => status !== "PENDING_DELETION");
  return {
    made: alive.filter(({ urn }) => urn !== undefined).map(leftover),
    behindTheBack: alive.filter(({ urn }) => urn === undefined).map(leftover),
    scheduled: pending.map(leftover),
  };
}

function leftover({ type, id, urn, note }: Stored): Leftover {
  return { type, id, ...(urn === undefined ? {} : { urn }), ...(note === undefined ? {} : { note }) };
}
