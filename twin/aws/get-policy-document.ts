import { crc32 } from "node:zlib";

import type { Invoke, Properties } from "../behaviour";
import { objects, text, texts } from "./property";

/** A list of one is written as a string; longer ones come out in reverse alphabetical order, as the provider writes them. */
function listed(values: readonly string[]): string | readonly string[] | undefined {
  if (values.length < 2) return values[0];
  return [...values].sort().reverse();
}

function principals(statement: Properties, path: string): unknown {
  const all = objects(statement, path);
  if (all.length === 0) return undefined;
  const byType = new Map<string, string[]>();
  for (const one of all) {
    const type = text(one, "type") ?? "";
    byType.set(type, [...(byType.get(type) ?? []), ...texts(one, "identifiers")]);
  }
  if (byType.size === 1 && byType.get("*")?.join() === "*") return "*";
  return Object.fromEntries([...byType].map(([type, identifiers]) => [type, listed(identifiers)]));
}

function condition(statement: Properties): unknown {
  const all = objects(statement, "conditions");
  if (all.length === 0) return undefined;
  const tests: Record<string, Record<string, unknown>> = {};
  for (const one of all) {
    const values = texts(one, "values");
    const test = (tests[text(one, "test") ?? ""] ??= {});
    test[text(one, "variable") ?? ""] = values.length === 1 ? values[0] : values;
  }
  return tests;
}

function statementOf(statement: Properties): Properties {
  return {
    Sid: text(statement, "sid"),
    Effect: text(statement, "effect") ?? "Allow",
    Action: listed(texts(statement, "actions")),
    NotAction: listed(texts(statement, "notActions")),
    Resource: listed(texts(statement, "resources")),
    NotResource: listed(texts(statement, "notResources")),
    Principal: principals(statement, "principals"),
    NotPrincipal: principals(statement, "notPrincipals"),
    Condition: condition(statement),
  };
}

/** Later statements take the place of earlier ones with the same Sid. */
function merged(documents: readonly (readonly Properties[])[]): Properties[] {
  const result: Properties[] = [];
  for (const statement of documents.flat()) {
    const index = result.findIndex(({ Sid }) => Sid !== undefined && Sid !== "" && Sid === statement.Sid);
    if (index < 0) result.push(statement);
    else result[index] = statement;
  }
  return result;
}

function statementsIn(documents: readonly string[]): readonly (readonly Properties[])[] {
  return documents.map((document) => objects(JSON.parse(document) as Properties, "Statement"));
}

const getPolicyDocument: Invoke = (args) => {
  const own = objects(args, "statements").map(statementOf);
  const statements = merged([
    ...statementsIn(texts(args, "sourcePolicyDocuments")),
    own,
    ...statementsIn(texts(args, "overridePolicyDocuments")),
  ]);
  const document = {
    Version: text(args, "version") ?? "2012-10-17",
    Id: text(args, "policyId"),
    Statement: statements,
  };
  const json = JSON.stringify(
    { ...document, Statement: statements.length === 1 ? statements[0] : statements },
    null,
    2,
  );
  return { ...args, id: String(crc32(json)), json, minifiedJson: JSON.stringify(JSON.parse(json)) };
};

/** Policy documents as the provider words them. */
export const policyDocumentInvokes: Readonly<Record<string, Invoke>> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
};
