import type { Behaviour, DeleteCall } from "./behaviour";
import type { Store } from "./store";

/** What a deletion leaves in the account: nothing, the thing as it is, or the thing in its waiting period. */
export function depart(store: Store, call: DeleteCall, behaviour: Behaviour): void {
  const { type, id, region, inputs, properties } = call.stored;
  switch (behaviour.onDelete ?? "forget") {
    case "forget":
      store.remove(type, id);
      break;
    case "keep": {
      const note = "deleting it does nothing in AWS; it stays as it is";
      store.put({ type, id, note, region, inputs, properties, status: "ACTIVE" });
      break;
    }
    case "schedule":
      store.put({ ...call.stored, status: "PENDING_DELETION" });
      break;
  }
  behaviour.afterDelete?.(call);
}
