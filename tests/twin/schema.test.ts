import { readFileSync } from "node:fs";
import path from "node:path";

import { catalogue } from "../../twin/catalogue";
import { schema } from "../../twin/schema";
import { extractSchema, schemaText } from "../../twin/schema-extract";

it("says what the AWS SDK says, for every type of the catalogue", () => {
  const committed = readFileSync(path.join(__dirname, "../../twin/schema.json"), "utf8");
  expect(schemaText(extractSchema()) === committed).toBe(true);
  expect(Object.keys(schema.resources)).toHaveLength(catalogue.length);
});

it("knows what is required, what only AWS fills in, and what nested objects hold", () => {
  expect(schema.resources["aws:ec2/subnet:Subnet"]).toMatchObject({
    required: ["vpcId"],
    outputs: ["arn", "ipv6CidrBlockAssociationId", "ownerId", "tagsAll"],
  });
  expect(schema.objects["ec2/SecurityGroupIngress"]).toMatchObject({ required: ["fromPort", "protocol", "toPort"] });
});

it("holds every type once", () => {
  const tokens = catalogue.map(({ token }) => token);
  expect(tokens.filter((token, index) => tokens.indexOf(token) !== index)).toEqual([]);
});
