import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { catalogue } from "./catalogue";
import type { Kind, ObjectShape, ResourceShape, Schema } from "./schema";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));
const COMMITTED = path.join(__dirname, "schema.json");

/**
 * Reads from the AWS SDK's declarations which inputs every type of the catalogue has, which are required, and what only
 * AWS fills in. The same SDK always gives the same schema.
 */
export function extractSchema(tokens: readonly string[] = catalogue.map(({ token }) => token)): Schema {
  const reader = new Reader();
  const resources: Record<string, ResourceShape> = {};
  for (const token of [...tokens].sort()) resources[token] = reader.resource(token);
  const { version } = JSON.parse(readFileSync(path.join(SDK, "package.json"), "utf8")) as { version: string };
  return { version, resources, objects: reader.objects() };
}

/** The schema as it is committed: one line for every type, so that a diff shows which changed. */
export function schemaText({ version, resources, objects }: Schema): string {
  const lines = (shapes: object) =>
    Object.entries(shapes).map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`);
  const block = (name: string, shapes: object) => `  "${name}": {\n${lines(shapes).join(",\n")}\n  }`;
  return `{\n  "version": "${version}",\n${block("resources", resources)},\n${block("objects", objects)}\n}\n`;
}

/** Writes the committed schema anew. */
function writeSchema(): void {
  writeFileSync(COMMITTED, schemaText(extractSchema()));
}

class Reader {
  readonly #objects = new Map<string, ObjectShape>();
  readonly #inputs = parse("types/input.d.ts");
  readonly #declared = declarations(this.#inputs);

  objects(): Record<string, ObjectShape> {
    return Object.fromEntries([...this.#objects.entries()].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  resource(token: string): ResourceShape {
    const [, file = "", type = ""] = token.split(":");
    const source = parse(`${file}.d.ts`);
    const args = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === `${type}Args`);
    const made = source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === type);
    if (!args || !made || !ts.isInterfaceDeclaration(args) || !ts.isClassDeclaration(made)) {
      throw new Error(`the AWS SDK has no resource ${token}`);
    }

    const shape = this.#shape(args, source);
    const outputs = made.members
      .filter((member) => ts.isPropertyDeclaration(member) && !isStatic(member))
      .map((member) => member.name?.getText(source) ?? "")
      .filter((name) => !(name in shape.inputs));
    return { ...shape, outputs: outputs.sort() };
  }

  #shape(node: ts.InterfaceDeclaration, source: ts.SourceFile): ObjectShape {
    const inputs: Record<string, Kind> = {};
    const required: string[] = [];
    const members = node.members.filter((member) => ts.isPropertySignature(member));
    for (const member of members.sort((one, other) => (nameOf(one, source) < nameOf(other, source) ? -1 : 1))) {
      const name = nameOf(member, source);
      inputs[name] = member.type ? this.#kind(member.type, source) : "any";
      if (!member.questionToken) required.push(name);
    }
    return { inputs, required };
  }

  #kind(node: ts.TypeNode, source: ts.SourceFile): Kind {
    if (ts.isUnionTypeNode(node)) return this.#union(node, source);
    if (ts.isArrayTypeNode(node)) return `[${this.#kind(node.elementType, source)}]`;
    if (ts.isTypeLiteralNode(node)) return this.#map(node, source);
    if (!ts.isTypeReferenceNode(node)) return scalar(node.getText(source));

    const name = node.typeName.getText(source);
    const inner = node.typeArguments?.[0];
    if (name === "pulumi.Input" && inner) return this.#kind(inner, source);
    if (name.startsWith("inputs.")) return this.#object(name.slice("inputs.".length));
    // The SDK writes names that are also resources (`string | Role`) and enums (`enums.…`); on the wire they are text.
    if (name.startsWith("enums.") || /^(\w+\.)?[A-Z]\w*$/.test(name))
      return name.startsWith("pulumi.") ? "any" : "string";
    return "any";
  }

  #union(node: ts.UnionTypeNode, source: ts.SourceFile): Kind {
    const kinds = new Set(
      node.types.filter((type) => type.getText(source) !== "undefined").map((type) => this.#kind(type, source)),
    );
    if (kinds.has("#iam/PolicyDocument")) return "json";
    const [only = "any"] = kinds;
    return kinds.size === 1 ? only : "any";
  }

  #map(node: ts.TypeLiteralNode, source: ts.SourceFile): Kind {
    const [member] = node.members;
    return member && ts.isIndexSignatureDeclaration(member) ? `{${this.#kind(member.type, source)}}` : "any";
  }

  #object(dotted: string): Kind {
    const name = dotted.replace(".", "/");
    if (!this.#objects.has(name)) {
      const declared = this.#declared.get(name);
      if (!declared) throw new Error(`the AWS SDK declares no input type ${dotted}`);
      this.#objects.set(name, { inputs: {}, required: [] }); // a type may hold itself
      this.#objects.set(name, this.#shape(declared, this.#inputs));
    }
    return `#${name}`;
  }
}

function parse(file: string): ts.SourceFile {
  const text = readFileSync(path.join(SDK, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, false);
}

function declarations(source: ts.SourceFile): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isInterfaceDeclaration(node)) found.set(prefix + node.name.text, node);
    if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
      for (const inner of node.body.statements) visit(inner, `${node.name.text}/`);
    }
  };
  for (const statement of source.statements) visit(statement, "");
  return found;
}

function nameOf(member: ts.PropertySignature, source: ts.SourceFile): string {
  return member.name.getText(source);
}

function isStatic(member: ts.PropertyDeclaration): boolean {
  return member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

function scalar(text: string): Kind {
  return ["string", "number", "boolean"].includes(text) ? text : "any";
}

if (require.main === module) writeSchema();
