import type { App, Application } from "../../../constructs";

/** One wrong use of the constructs, and words of the refusal: what was got, and what to write instead. */
export interface Wrong {
  readonly name: string;
  /** Declares it in the application of an otherwise sound app. */
  readonly write: (shop: Application, app: App) => unknown;
  readonly got: string;
  readonly fix: string;
}

/** An image that names one content; the digest is made up. */
export const image = `registry.example.com/app@sha256:${"a".repeat(64)}`;
