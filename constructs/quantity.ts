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
