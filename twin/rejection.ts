/**
 * Calls `listener` for every promise that rejects while nobody awaits it, until the answer is called: an output whose `apply`
 * threw rejects several of those. It stands in the place of other listeners, as those of a test runner.
 */
export function onUnhandledRejection(listener: (error: unknown) => void): () => void {
  // Jest keeps the real process to itself: there such a rejection fails the test that is running, not the run.
  const real = process.getBuiltinModule("node:process");
  const others = real.listeners("unhandledRejection");
  real.removeAllListeners("unhandledRejection");
  real.on("unhandledRejection", listener);
  return () => {
    real.off("unhandledRejection", listener);
    for (const other of others) real.on("unhandledRejection", other);
  };
}
