/** Yes, no, or (undefined) it depends on what nobody said: Kleene's three values. */
export type Truth = boolean | undefined;

/** True when all are; false as soon as one is, whatever the others turn out to be. */
export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** True as soon as one is; false when none can be. */
export function any(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

/** What is unknown stays unknown when it is turned round. */
export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
