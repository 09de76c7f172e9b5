import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Kind, ObjectShape } from "../schema";
import type { ObjectSchema } from "./schema";

const SDK = path.dirname(require.resolve("@pulumi/kubernetes/package.json"));

/**
 * Reads from the Kubernetes SDK's declarations which fields every built-in kind has and which are required. Only versions
 * such as `v1` are taken: an API server serves no beta by default (Kubernetes 1.24 and later).
 */
export function extractObjectSchema(): ObjectSchema {
  const reader = new Reader();
  const kinds: Record<string, ObjectShape> = {};
  for (const [token, file] of resources()) kinds[token] = reader.kind(file);
  const { version } = JSON.parse(readFileSync(path.join(SDK, "package.json"), "utf8")) as { version: string };
  return { version, kinds, objects: reader.objects() };
}

/** The schema as it is committed: one line for every type. */
export function objectSchemaText({ version, kinds, objects }: ObjectSchema): string {
  const block = (name: string, shapes: object) => {
    const lines = Object.entries(shapes).map(([key, shape]) => `    ${JSON.stringify(key)}: ${JSON.stringify(shape)}`);
    return `  "${name}": {\n${lines.join(",\n")}\n  }`;
  };
  return `{\n  "version": "${version}",\n${block("kinds", kinds)},\n${block("objects", objects)}\n}\n`;
}

/** Every kind that is neither a list nor a patch, by token, with the file that declares its inputs. */
function resources(): [string, string][] {
  const found = readdirSync(SDK, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name: group }) =>
      readdirSync(path.join(SDK, group))
        .filter((version) => /^v\d+$/.test(version))
        .flatMap((version) =>
          readdirSync(path.join(SDK, group, version)).map((file) => path.join(group, version, file)),
        ),
    )
    .filter((file) => /(?<!index|List|Patch)\.js$/.test(file))
    .flatMap((file): [string, string][] => {
      const token = /__pulumiType = '(kubernetes:[^']+)'/.exec(readFileSync(path.join(SDK, file), "utf8"))?.[1];
      return token === undefined || SKIPPED.test(token) ? [] : [[token, file.replace(/\.js$/, ".d.ts")]];
    });
  return found.sort(([one], [other]) => (one < other ? -1 : 1));
}

// Components of the SDK, and an answer, which no API server keeps.
const SKIPPED = /^kubernetes:(yaml|kustomize|meta|helm\.sh\/v3:Chart|helm\.sh\/v4)/;

class Reader {
  readonly #objects = new Map<string, ObjectShape>();
  readonly #declared = declarations(parse("types/input.d.ts"));

  objects(): Record<string, ObjectShape> {
    return Object.fromEntries([...this.#objects].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  kind(file: string): ObjectShape {
    const args = parse(file).statements.find((node) => ts.isInterfaceDeclaration(node) && /Args$/.test(node.name.text));
    if (!args || !ts.isInterfaceDeclaration(args)) throw new Error(`${file} of the Kubernetes SDK declares no inputs`);
    return this.#shape(args);
  }

  #shape(node: ts.InterfaceDeclaration): ObjectShape {
    const members = node.members
      .filter((member) => ts.isPropertySignature(member))
      .map((member) => [nameOf(member), member] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      inputs: Object.fromEntries(members.map(([name, { type }]) => [name, type ? this.#kind(type) : "any"])),
      required: members.filter(([, member]) => !member.questionToken).map(([name]) => name),
    };
  }

  #kind(node: ts.TypeNode): Kind {
    if (ts.isUnionTypeNode(node)) {
      const kinds = new Set(
        node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword).map((type) => this.#kind(type)),
      );
      const [only = "any"] = kinds;
      return kinds.size === 1 ? only : "any";
    }
    if (ts.isArrayTypeNode(node)) return `[${this.#kind(node.elementType)}]`;
    if (ts.isLiteralTypeNode(node)) return "string";
    if (ts.isTypeLiteralNode(node)) {
      const [member] = node.members;
      return member && ts.isIndexSignatureDeclaration(member) ? `{${this.#kind(member.type)}}` : "any";
    }
    if (!ts.isTypeReferenceNode(node)) return /^(string|number|boolean)$/.exec(node.getText())?.[0] ?? "any";

    const name = node.typeName.getText();
    const [inner] = node.typeArguments ?? [];
    if (name === "pulumi.Input" && inner) return this.#kind(inner);
    if (name.startsWith("inputs.")) return this.#object(name.slice("inputs.".length));
    return name.startsWith("enums.") ? "string" : "any";
  }

  #object(dotted: string): Kind {
    const name = dotted.replaceAll(".", "/");
    // A schema inside a schema may hold anything, spelled with dashes or, in the SDK, with underscores.
    if (name.endsWith("/JSONSchemaProps")) return "any";
    if (!this.#objects.has(name)) {
      const declared = this.#declared.get(name);
      if (!declared) throw new Error(`the Kubernetes SDK declares no input type ${dotted}`);
      this.#objects.set(name, { inputs: {}, required: [] }); // a type may hold itself
      this.#objects.set(name, this.#shape(declared));
    }
    return `#${name}`;
  }
}

function declarations(source: ts.SourceFile): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (statements: readonly ts.Statement[], prefix: string): void => {
    for (const node of statements) {
      if (ts.isInterfaceDeclaration(node)) found.set(`${prefix}${node.name.text}`, node);
      if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
        visit(node.body.statements, `${prefix}${node.name.text}/`);
      }
    }
  };
  visit(source.statements, "");
  return found;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(SDK, file), "utf8"), ts.ScriptTarget.Latest, true);
}

function nameOf({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}
