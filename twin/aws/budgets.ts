import type { Behaviour, Call } from "../behaviour";
import { AwsError } from "../error";
import { nameOf, text } from "./property";

const BUDGET = "aws:budgets/budget:Budget";

// What counts as cost when nothing is said (Terraform provider, `aws_budgets_budget`).
const COST_TYPES = {
  includeCredit: true,
  includeDiscount: true,
  includeOtherSubscription: true,
  includeRecurring: true,
  includeRefund: true,
  includeSubscription: true,
  includeSupport: true,
  includeTax: true,
  includeUpfront: true,
  useAmortized: false,
  useBlended: false,
};

const budget: Behaviour = {
  token: BUDGET,
  service: "Budgets",
  words: "Budget",
  replaces: ["name", "namePrefix", "accountId"],
  autoName: { property: "name" },
  global: true,
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: ({ world }) => ({
    accountId: world.accountId,
    costFilters: [],
    costTypes: COST_TYPES,
    limitAmount: "",
    limitUnit: "",
    timePeriodEnd: "2087-06-15_00:00",
    // The first day of the month in which it was made (not verified).
    timePeriodStart: `${world.now().slice(0, 7)}-01_00:00`,
  }),
  refuseCreate: (call) => {
    refuseTypes(call);
    if (call.world.find(BUDGET, idOf(call)))
      throw new AwsError(
        "DuplicateRecordException",
        `Error creating budget: ${nameOf(call)} - the budget already exists.`,
      );
  },
  refuseUpdate: refuseTypes,
  id: (call) => idOf(call),
  outputs: (call) => ({ arn: `arn:aws:budgets::${call.world.accountId}:budget/${nameOf(call)}`, name: nameOf(call) }),
};

function refuseTypes({ inputs }: Call): void {
  const type = text(inputs, "budgetType") ?? "";
  const unit = text(inputs, "timeUnit") ?? "";
  // Code from the API reference, wording not verified.
  if (!/^(COST|USAGE|RI_\w+|SAVINGS_PLANS_\w+)$/.test(type))
    throw new AwsError("InvalidParameterException", `budgetType "${type}" is not known`);
  if (!["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"].includes(unit))
    throw new AwsError("InvalidParameterException", `timeUnit "${unit}" is not known`);
}

function idOf(call: Call): string {
  return `${text(call.inputs, "accountId") ?? call.world.accountId}:${nameOf(call)}`;
}

/** AWS Budgets (Terraform provider source). */
export const budgets: readonly Behaviour[] = [budget];
