import { runInThisContext } from "node:vm";

/**
 * Calls `listener` for every promise that rejects while nobody awaits it, until the answer is called: an output whose `apply`
 * threw rejects several of those. It stands in the place of other listeners, as those of a test runner.
 */
export function onUnhandledRejection(listener: (error: unknown) => void): () => void {
  const real = realProcess();
  const others = real.listeners("unhandledRejection");
  real.removeAllListeners("unhandledRejection");
  real.on("unhandledRejection", listener);
  return () => {
    real.off("unhandledRejection", listener);
    for (const other of others) real.on("unhandledRejection", other);
  };
}

/**
 * The process that is told of such rejections. Under Jest `process` is a copy, and so is what `getBuiltinModule` answers;
 * only the context in which Jest itself runs knows the real one. Anywhere else the two are the same.
 */
export function realProcess(): NodeJS.Process {
  return runInThisContext("process") as NodeJS.Process;
}
