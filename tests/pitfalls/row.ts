import type { Item } from "../../policies/inventory";

/** One pitfall: what goes wrong elsewhere, and where it is kept from going wrong here. */
export interface Pitfall {
  readonly number: number;
  readonly sentence: string;
  /** Controls that report it when somebody brings it: each has a bad example that is it. */
  readonly controls?: readonly string[];
  /** Objects of ours that could fall into it: the controls judge them too. */
  readonly ours?: () => readonly Item[] | Promise<readonly Item[]>;
  /** What is seen on objects or programs that no control judges; it throws where the promise is broken. */
  readonly holds?: () => void | Promise<void>;
}
