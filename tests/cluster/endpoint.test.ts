import { reach } from "../../stacks/cluster/endpoint";

describe("the reach of the Kubernetes API", () => {
  it("ends at the VPC when it is private", () => {
    expect(reach({ access: "private" })).toEqual({ endpointPrivateAccess: true, endpointPublicAccess: false });
  });

  it("is public only for the blocks that are named, and keeps its private way", () => {
    const reason = "the build runners have no route into the VPC yet";

    expect(reach({ access: "public", from: ["203.0.113.0/28"], reason })).toEqual({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/28"],
    });
  });
});
