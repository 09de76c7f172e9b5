import type { ReportViolation, Severity } from "@pulumi/policy";

import { blocks, type Verdict } from "../verdict";

/** What `report` really takes: the engine shows a finding under the name and level given here, which the SDK's types leave out. */
interface Report {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel: "advisory" | "mandatory";
  readonly severity: Severity;
}

/** Shows what is wrong and what is not known, each under its control's id; what holds is not shown. */
export function reporter(report: ReportViolation, strict: boolean): (verdicts: readonly Verdict[]) => void {
  const send = report as unknown as (finding: Report) => void;
  return (verdicts) => {
    for (const one of verdicts.filter(({ verdict }) => verdict === "violation" || verdict === "undetermined")) {
      send({
        name: one.control,
        description: one.message,
        message: sentence(one),
        ...(one.resource.urn.startsWith("urn:") && { urn: one.resource.urn }),
        enforcementLevel: blocks(one, { strict }) ? "mandatory" : "advisory",
        severity: one.severity,
      });
    }
  };
}

/** A verdict in one line: what, why and what to do. */
export function sentence({ verdict, message, why, fix, path }: Verdict): string {
  const known = verdict === "undetermined" ? `undetermined: ${message}` : message;
  const where = path === undefined || known.includes(path) ? "" : ` (${path})`;
  return `${known}${where}. Why: ${why}. Fix: ${fix}`;
}
