import { statementsOf } from "../../twin/aws/iam/document";
import type { Role } from "../../twin/iam/holdings";
import { componentOf } from "../component";
import { actions, code, conditions, type Place, resources, short, table, who } from "./words";

/** One role: where it comes from, who may become it, and what it may do. */
export function roleSection(role: Role, place: Place): string {
  return [
    `#### ${role.name}`,
    `Made by ${componentOf(role.urn)}. A session lasts ${hours(role.sessionSeconds)} at most. ${boundary(role)}`,
    trustTable(role, place),
    permissionTable(role, place),
  ].join("\n\n");
}

/** The most that roles with a boundary may do: each boundary once. */
export function boundarySections(roles: readonly Role[], place: Place): readonly string[] {
  const documents = new Map(
    roles.flatMap(({ boundary: one }) => (one?.document === undefined ? [] : [[one.name, one.document]])),
  );
  return [...documents].sort().map(([name, document]) => {
    const bounded = roles.filter(({ boundary: one }) => one?.name === name).map((role) => code(role.name));
    return [`#### ${name}`, `The most that ${bounded.join(", ")} may ever do.`, statementTable([document], place)].join(
      "\n\n",
    );
  });
}

function hours(seconds: number): string {
  return seconds === 3600 ? "one hour" : `${seconds / 3600} hours`;
}

function boundary({ boundary: one }: Role): string {
  if (one === undefined) return "No boundary.";
  return one.document === undefined ? `Inside ${code(one.name)}.` : `Inside [${one.name}](#${one.name}).`;
}

function trustTable({ trust }: Role, place: Place): string {
  const rows = statementsOf(trust).map((statement) => [who(statement, place), conditions(statement, place)]);
  return table(["may become it", "when"], rows);
}

function permissionTable({ own, managed }: Role, place: Place): string {
  const kept = managed.map((arn) => code(short(arn, place).replace("arn:aws:iam::aws:policy/", "")));
  if (own.length === 0 && kept.length === 0) return "It has no policy: what it may do, the policies of others say.";
  return [
    ...(kept.length === 0 ? [] : [`May do what AWS keeps in ${kept.join(", ")}.`]),
    ...(own.length === 0
      ? []
      : [
          statementTable(
            own.map(({ document }) => document),
            place,
          ),
        ]),
  ].join("\n\n");
}

function statementTable(documents: readonly string[], place: Place): string {
  const rows = documents
    .flatMap(statementsOf)
    .map((statement) => [
      `${statement.allows ? "" : "**never** "}${actions(statement)}`,
      resources(statement, place),
      conditions(statement, place),
    ]);
  return table(["may do", "on", "when"], rows);
}
