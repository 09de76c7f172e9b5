/**
 * What an account is like before anything is made in it, and what no resource of it tells. An account file may hold it as `given`;
 * what it leaves out is the twin's own assumption of an ordinary account.
 */
export interface Given {
  /** Quotas by `service/code`, where they are not what the twin assumes: `{ "vpc/L-F678F1CE": 1 }`. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Actions that the caller's policies deny, exact or with `*`. @default none: the caller administers the account */
  readonly denied?: readonly string[];
  /** Zones in which an instance type is not offered. @default every zone offers every type of a form AWS uses */
  readonly notOffered?: Readonly<Record<string, readonly string[]>>;
}
