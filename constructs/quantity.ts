const MEMORY = /^[1-9]\d*(?:Ki|Mi|Gi|Ti)$/;
const CPU = /^(?:[1-9]\d*m|[1-9]\d*(?:\.\d+)?|0\.\d*[1-9]\d*)$/;

/**
 * Answers an amount of memory or storage in binary units. A bare number would be bytes and `M` is 4.6 % less than `Mi`:
 * both are more often a slip than a wish.
 *
 * @throws Error if the amount has no binary unit
 */
export function bytes(what: string, amount: string): string {
  if (MEMORY.test(amount)) return amount;
  throw new Error(`${what} must be a whole number of Ki, Mi, Gi or Ti, got "${amount}"; write for example 256Mi`);
}

/**
 * Answers an amount of processor time in cores or thousandths of one.
 *
 * @throws Error if the amount is no Kubernetes quantity of CPU
 */
export function cores(what: string, amount: string): string {
  if (CPU.test(amount)) return amount;
  throw new Error(`${what} must be cores or thousandths of one, got "${amount}"; write for example 250m or 2`);
}

const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** How many bytes an amount is that {@link bytes} answered. */
export function inBytes(amount: string): number {
  return Number.parseInt(amount, 10) * (BINARY[amount.slice(-2)] ?? 1);
}

/** How many thousandths of a core an amount is that {@link cores} answered. */
export function inMillicores(amount: string): number {
  return amount.endsWith("m") ? Number.parseInt(amount, 10) : Math.round(Number(amount) * 1000);
}
