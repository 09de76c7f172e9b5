import { Caller, services } from "../services";
import { applicationPrograms } from "./application";
import { bucketPrograms } from "./bucket";
import { deliveryPrograms } from "./delivery";
import { anotherScript, imagePrograms } from "./image";
import { securityPrograms } from "./security";

const careless = [
  ...bucketPrograms,
  ...applicationPrograms,
  ...deliveryPrograms,
  ...imagePrograms,
  ...securityPrograms,
];

describe("a careless program is refused with AWS's own error code", () => {
  it.each(careless)("%s: a program %s gets %s", async (_service, _what, expected, program) => {
    await expect(program(new Caller())).rejects.toMatchObject({ name: "ProviderError", code: expected });
  });

  it("takes another version of a component, its recipe and its pipeline, in the order in which Pulumi makes them", async () => {
    await expect(anotherScript(new Caller())).resolves.toBeUndefined();
  });

  it("has a careless program for every service", () => {
    expect(new Set(careless.map(([service]) => service))).toEqual(new Set(Object.keys(services)));
  });
});
