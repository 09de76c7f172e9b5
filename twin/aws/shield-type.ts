import type { Behaviour, World } from "../behaviour";
import { AwsError } from "../error";

export const SUBSCRIPTION = "aws:shield/subscription:Subscription";

/** Every call of Shield Advanced needs the subscription, which a year is paid for. */
function refuseUnsubscribed(world: World): void {
  if (world.all(SUBSCRIPTION).length === 0)
    throw new AwsError("ResourceNotFoundException", "The subscription does not exist.");
}

/** A type of Shield Advanced: global, and refused without the subscription. */
export const shieldType = (
  name: string,
  words: string,
  more: Omit<Behaviour, "token" | "service" | "words" | "global">,
): Behaviour => ({
  token: `aws:shield/${name}:${name.replace(/^./, (first) => first.toUpperCase())}`,
  service: "Shield",
  words: `Shield ${words}`,
  global: true,
  ...more,
  refuseCreate: (call) => {
    refuseUnsubscribed(call.world);
    more.refuseCreate?.(call);
  },
});

/** How Shield refuses a value. */
export const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
