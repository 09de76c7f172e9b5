import fc from "fast-check";
import { urnTag, URN_TAG } from "../../stacks/urn";
import { registrations, STACKS } from "../policies/example";
import { schema } from "../../twin/schema";

// The examples together are some hundreds of resources.
jest.setTimeout(60_000);

/** What AWS takes as the value of a tag. */
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

describe("the tag by which a resource is found again", () => {
  it("is on every resource of the examples that takes tags, and says its URN", async () => {
    // The platform's objects carry their URN in no tag: they are found by kind, namespace and name.
    for (const stack of STACKS.filter((one) => one !== "production-platform")) {
      const taggable = (await registrations(stack)).filter(({ type }) => schema.resources[type]?.inputs["tags"]);
      expect(taggable.length).toBeGreaterThan(0);
      const said = taggable.map(({ inputs }) => (inputs["tags"] as Record<string, string>)[URN_TAG]);
      expect(said).toEqual(taggable.map(({ urn }) => urn.replaceAll("$", "+")));
    }
  });

  it("is known at preview", async () => {
    const planned = await registrations("development", true);
    const taggable = planned.filter(({ type }) => schema.resources[type]?.inputs["tags"]);

    expect(taggable.map(({ inputs }) => (inputs["tags"] as Record<string, string>)[URN_TAG])).toEqual(
      taggable.map(({ urn }) => urn.replaceAll("$", "+")),
    );
  });

  it("is a value that AWS takes, whatever the URN holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 400 }), (urn) => {
        expect(urnTag(urn)).toMatch(VALUE);
      }),
    );
  });

  it("tells two URNs apart that differ only in what a tag does not take, or at their end", () => {
    expect(urnTag("urn:a::name*")).not.toBe(urnTag("urn:a::name,"));
    expect(urnTag("a".repeat(300))).not.toBe(urnTag(`${"a".repeat(299)}b`));
  });
});
