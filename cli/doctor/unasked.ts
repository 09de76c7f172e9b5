import { words } from "../component";
import type { Line } from "../line";
import type { Check } from "./check";

const SUBJECT = "What cannot be asked";

/** What the provider has no question for, and how a person finds out. */
const UNASKED: Readonly<Record<string, { readonly got: string; readonly fix: string }>> = {
  "aws:shield/subscription:Subscription": {
    got: "whether the account is subscribed to Shield Advanced; if it is not, up subscribes for a year",
    fix: "aws shield get-subscription-state",
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    got: "whether a declarative policy of your organisation holds it; then up is refused",
    fix: "aws ec2 get-instance-metadata-defaults, field ManagedBy; then say managed: organisation",
  },
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
    got: "whether a declarative policy of your organisation holds it; then up is refused",
    fix: "aws ec2 get-image-block-public-access-state, field ManagedBy; then say managed: organisation",
  },
};

/** Says what stays open, so that nobody takes silence for an answer. */
export const unasked: Check = {
  questions: () => [],
  lines: (plan) =>
    Object.entries(UNASKED)
      .filter(([type]) => plan.resources.some((one) => one.type === type))
      .map(([type, { got, fix }]): Line => ({ state: "unknown", subject: SUBJECT, what: words(type), got, fix })),
};
