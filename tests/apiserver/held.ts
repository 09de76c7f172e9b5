import type { ApiServer, Manifest } from "../../twin/apiserver";
import { cluster } from "../constructs/persona/world";
import { DEPLOYER, eventually, refusal } from "./server";

const DOOR: Manifest & { spec: object } = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "door", namespace: "team-shop" },
  spec: { type: "NodePort", selector: { a: "b" }, ports: [{ port: 80 }] },
};

/** Has production's tenant and personas in the server, and waits until admission holds the pipeline to them: policies take effect within a second. */
export async function held(server: ApiServer): Promise<void> {
  await server.apply(cluster("production"));
  const deployer = await server.client(DEPLOYER);
  const says = await eventually(
    () => refusal(deployer.apply(DOOR, { dryRun: true })),
    (words) => words?.includes("ValidatingAdmissionPolicy") === true,
  );
  if (!says?.includes("ValidatingAdmissionPolicy"))
    throw new Error(`admission does not hold: ${says ?? "a door opened"}`);
}
