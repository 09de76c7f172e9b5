import endpoints from "../../facts/aws-endpoints.json";
import regions from "../../facts/regions.json";
import { endpointPolicy, imageAccounts } from "../../stacks/network/endpoint-policy";

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
}

const caller = { account: "111122223333", region: "eu-central-1" };
const statements = (service: string) =>
  (JSON.parse(endpointPolicy(service, caller)) as { Statement: Statement[] }).Statement;
const services = endpoints.services.map(({ service }) => service);

it.each(services)(
  "confines every statement for %s to this account's principals, to its roles or to image layers",
  (service) => {
    for (const { Sid, Resource, Condition } of statements(service)) {
      if (Sid === "ImageLayers") expect(Resource).toBe("arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*");
      else if (Sid === "OwnTokens") expect(Resource).toBe("arn:aws:iam::111122223333:role/*");
      else expect(Condition?.StringEquals["aws:PrincipalAccount"]).toBe("111122223333");
    }
  },
);

it.each(["s3", "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager"])(
  "lets data reach resources of this account only, through %s",
  (service) => {
    const own = statements(service).find(({ Sid }) => Sid === "OwnAccount");
    expect(own?.Condition?.StringEquals["aws:ResourceAccount"]).toBe("111122223333");
  },
);

it("lets nodes pull images of EKS and Bottlerocket, and only pull", () => {
  const images = statements("ecr.dkr").find(({ Sid }) => Sid === "SystemImages");
  expect(images).toMatchObject({
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: [
      "arn:aws:ecr:eu-central-1:602401143452:repository/*",
      "arn:aws:ecr:eu-central-1:328549459982:repository/*",
    ],
  });
});

it("lets image layers be read and nothing be written beside this account's buckets", () => {
  expect(statements("s3").find(({ Sid }) => Sid === "ImageLayers")?.Action).toBe("s3:GetObject");
});

it("refuses a region whose image registry is not known, and says where to add it", () => {
  expect(() => imageAccounts("eu-nowhere-1")).toThrow(/"eu-nowhere-1".*facts\/image-registries\.json/);
});

it("knows the image registry of every region that a blueprint may name", () => {
  for (const region of regions.regions) expect(imageAccounts(region)[0]).toMatch(/^\d{12}$/);
});
