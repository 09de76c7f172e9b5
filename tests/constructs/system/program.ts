import {
  App,
  Audit,
  EgressGateway,
  Mesh,
  PlatformIssuer,
  System,
  type SystemArgs,
  Tenant,
  WebService,
} from "../../../constructs";
import { application } from "../golden/cases";
import { type Manifest, written } from "../manifest";

/** An image that names one content; the digest is made up. */
export const IMAGE = `registry.example.com/kube-bench@sha256:${"0123456789abcdef".repeat(4)}`;

/** What the cluster layer of the example says of its network. */
export const ARGS: SystemArgs = {
  family: "ipv4",
  podSecurityVersion: "v1.36",
  disksKey: "arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012",
  network: {
    vpc: "10.20.0.0/16",
    controlPlane: ["10.20.240.0/23", "10.20.242.0/23"],
    nodes: ["10.20.0.0/18", "10.20.64.0/18"],
    endpoints: ["10.20.0.0/18", "10.20.64.0/18"],
    services: "172.20.0.0/16",
  },
};

/** The platform's own objects, as they are written. */
export function system(more: Partial<SystemArgs> = {}): Manifest[] {
  const app = new App();
  new System(app, "system", { ...ARGS, ...more });
  return written(app);
}

/** All of them, those of the mesh too, and a tenant with one server. */
export function platform(): Manifest[] {
  const app = new App();
  new System(app, "system", ARGS);
  new PlatformIssuer(app, "issuer");
  new Mesh(app, "mesh", { loadBalancers: ["10.20.224.0/22"], requirements: [] });
  new EgressGateway(app, "egress", { requirements: [] });
  new Audit(app, "audit", { image: IMAGE });
  new Tenant(app, "team-shop", { owner: "team-shop@example.com", podSecurityVersion: "v1.36" });
  new WebService(application(app), "storefront", { image: IMAGE, port: 10_250 });
  return written(app);
}
