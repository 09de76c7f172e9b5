import type { FieldError } from "./field";
import type { Kind } from "./kind";
import type { Metadata } from "./object";

// Expressions and sentences are those of Kubernetes' own validation (apimachinery, pkg/util/validation).
const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const SERVICE = "[a-z]([-a-z0-9]*[a-z0-9])?";
const VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

const LABEL_RULE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;
const SUBDOMAIN_RULE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const SERVICE_RULE = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${SERVICE}')`;
const VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${VALUE}')`;
const KEY_RULE = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`;

/** What is wrong with an object's name and labels. */
export function misnamed(kind: Kind, { name = "", labels = {} }: Metadata): FieldError[] {
  return [...inName(kind, name), ...Object.entries(labels).flatMap(([key, value]) => inLabel(key, value))];
}

function inName({ group, kind }: Kind, name: string): FieldError[] {
  const path = "metadata.name";
  // Roles and their bindings may be named like a path segment: `system:node`.
  if (group === "rbac.authorization.k8s.io")
    return /^\.\.?$|[/%]/.test(name) ? [invalid(path, name, "may not contain '/'")] : [];
  const [expression, longest, rule] =
    group === "" && kind === "Namespace"
      ? [LABEL, 63, LABEL_RULE]
      : group === "" && kind === "Service"
        ? [SERVICE, 63, SERVICE_RULE]
        : ([SUBDOMAIN, 253, SUBDOMAIN_RULE] as const);
  const long = name.length > longest ? [invalid(path, name, `must be no more than ${longest} characters`)] : [];
  return [...(matches(expression, name) ? [] : [invalid(path, name, rule)]), ...long];
}

function inLabel(key: string, value: unknown): FieldError[] {
  if (typeof value !== "string") return [];
  const path = "metadata.labels";
  const name = key.split("/").at(-1) ?? key;
  return [
    ...(matches(QUALIFIED, name) && name.length <= 63 ? [] : [invalid(path, key, KEY_RULE)]),
    ...(matches(VALUE, value) ? [] : [invalid(path, value, VALUE_RULE)]),
    ...(value.length > 63 ? [invalid(path, value, "must be no more than 63 characters")] : []),
  ];
}

function matches(expression: string, text: string): boolean {
  return new RegExp(`^(${expression})$`).test(text);
}

function invalid(path: string, value: string, rule: string): FieldError {
  return { path, reason: `Invalid value: ${JSON.stringify(value)}: ${rule}` };
}
