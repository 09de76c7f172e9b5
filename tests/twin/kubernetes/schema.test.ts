import { readFileSync } from "node:fs";
import path from "node:path";

import { objectSchema } from "../../../twin/kubernetes/schema";
import { extractObjectSchema, objectSchemaText } from "../../../twin/kubernetes/schema-extract";

it("says what the Kubernetes SDK says, for every kind that an API server serves by default", () => {
  const committed = readFileSync(path.join(__dirname, "../../../twin/kubernetes/schema.json"), "utf8");
  expect(objectSchemaText(extractObjectSchema()) === committed).toBe(true);
});

it("knows the fields of objects inside objects, and which are required", () => {
  expect(objectSchema.kinds["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"]).toEqual({
    inputs: {
      apiVersion: "string",
      kind: "string",
      metadata: "#meta/v1/ObjectMeta",
      roleRef: "#rbac/v1/RoleRef",
      subjects: "[#rbac/v1/Subject]",
    },
    required: ["roleRef"],
  });
  expect(objectSchema.objects["core/v1/Container"]?.required).toEqual(["name"]);
  expect(Object.keys(objectSchema.kinds).filter((token) => /beta|alpha|List$|Patch$/.test(token))).toEqual([]);
});
