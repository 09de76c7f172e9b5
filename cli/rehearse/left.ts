import { Account } from "../../twin/account";
import type { Leftover } from "../../twin/request";
import { nameOf } from "../event";
import type { Workplace } from "../operation";
import { recorded, stacks } from "../stack";
import type { Rehearsal } from "./folder";

/** What the account still holds after a destroy. */
export interface Left {
  /** Recorded in the state of a stack that stays. */
  readonly kept: readonly Leftover[];
  /** Gone after a waiting period that AWS imposes (KMS keys). */
  readonly scheduled: readonly Leftover[];
  /** Roles that AWS's services make for themselves, once an account; they belong to no stack and cost nothing. */
  readonly serviceRoles: readonly Leftover[];
  /** Everything else: a destroy that left something behind. */
  readonly unexpected: readonly Leftover[];
}

const SERVICE_ROLE = "aws:iam/serviceLinkedRole:ServiceLinkedRole";

/** Compares what the account holds with what the stacks that stay have recorded. */
export async function askWhatIsLeft(
  place: Workplace,
  { account }: Rehearsal,
  staying: readonly string[],
): Promise<Left> {
  const { made, behindTheBack, scheduled } = Account.open(account).leftovers();
  const known = await stacks(place);
  const states = await Promise.all(
    staying.filter((stack) => known.includes(stack)).map((stack) => recorded(place, stack)),
  );
  const urns = new Set(states.flat().map(({ urn }) => urn));
  const isServiceRole = ({ type }: Leftover): boolean => type === SERVICE_ROLE;
  const isKept = ({ urn }: Leftover): boolean => urn !== undefined && urns.has(urn);
  return {
    kept: made.filter(isKept),
    scheduled,
    serviceRoles: behindTheBack.filter(isServiceRole),
    unexpected: [...made.filter((one) => !isKept(one)), ...behindTheBack.filter((one) => !isServiceRole(one))],
  };
}

/** The answer as people read it. */
export function leftText({ kept, scheduled, serviceRoles, unexpected }: Left): string {
  return [
    "",
    "Left in the account, as the account layer keeps it:",
    ...lines(kept),
    ...(scheduled.length > 0
      ? ["", "Scheduled for deletion; AWS keeps these for their waiting period:", ...lines(scheduled)]
      : []),
    ...(serviceRoles.length > 0
      ? ["", "Made by AWS's services for themselves, once an account:", ...lines(serviceRoles)]
      : []),
    ...(unexpected.length > 0 ? ["", "Left behind, and should not be:", ...lines(unexpected)] : []),
    "",
    "Create it again: npm run rehearse",
  ].join("\n");
}

function lines(leftovers: readonly Leftover[]): string[] {
  if (leftovers.length === 0) return ["  nothing"];
  return leftovers.map(({ type, id, urn, note }) => {
    const words = [type, urn === undefined ? undefined : nameOf(urn), id, note === undefined ? undefined : `(${note})`];
    return `  ${words.filter((word) => word !== undefined).join("  ")}`;
  });
}
