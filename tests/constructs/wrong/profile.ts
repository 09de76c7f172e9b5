import { JsonPatch, Profile, type Profile as Profiles, Task, WebService } from "../../../constructs";
import { image, type Wrong } from "./row";

const patched = (operations: JsonPatch[]) => (shop: Parameters<Wrong["write"]>[0]) =>
  new WebService(shop, "it", { image, port: 8080, profile: Profile.seLinux("container_t") }).patch({
    kind: "Deployment",
    reason: "it was so on the old cluster",
    operations,
  });

const SPEC = "/spec/template/spec";
const APPARMOR = JsonPatch.add(`${SPEC}/securityContext/appArmorProfile`, { type: "RuntimeDefault" });
const FAMILY = `${SPEC}/nodeSelector/bulwark~1image-family`;

/** Wrong uses of profiles: names that are none, and pods whose node could not do what they ask for. */
export const profile: readonly Wrong[] = [
  {
    name: "a seccomp profile by its absolute path",
    write: () => Profile.seccomp("/var/lib/kubelet/seccomp/orders.json"),
    got: '"/var/lib/kubelet/seccomp/orders.json"',
    fix: "write for example operator/orders.json",
  },
  {
    name: "a seccomp profile outside the kubelet's folder",
    write: () => Profile.seccomp("operator/../../../etc/passwd"),
    got: '"operator/../../../etc/passwd"',
    fix: "write for example operator/orders.json",
  },
  {
    name: "a seccomp profile that confines nothing",
    write: () => Profile.seccomp("unconfined"),
    got: '"unconfined"',
    fix: "leave profile away for the runtime's own",
  },
  {
    name: "an AppArmor profile without a name",
    write: () => Profile.appArmor({ localhost: "" }),
    got: 'got ""',
    fix: 'or appArmor("runtimeDefault")',
  },
  {
    name: "an AppArmor profile that confines nothing",
    write: () => Profile.appArmor({ localhost: "unconfined" }),
    got: '"unconfined"',
    fix: "write its name",
  },
  {
    name: "AppArmor and SELinux on one workload, past the compiler",
    write: (shop) => {
      const both = [Profile.appArmor("runtimeDefault"), Profile.seLinux("container_t")] as unknown as Profiles;
      return new Task(shop, "it", { image, profile: both });
    },
    got: "got both",
    fix: "keep appArmor for Ubuntu or seLinux for Bottlerocket",
  },
  {
    name: "two seccomp profiles, past the compiler",
    write: (shop) => {
      const twice = [Profile.seccomp("a.json"), Profile.seccomp("b.json")] as unknown as Profiles;
      return new Task(shop, "it", { image, profile: twice });
    },
    got: "profile must be one profile",
    fix: "leave the other away",
  },
  {
    name: "AppArmor by a patch, on Bottlerocket",
    write: patched([APPARMOR]),
    got: "an AppArmor profile on nodes of bottlerocket",
    fix: "nodeSelector bulwark/image-family: ubuntu",
  },
  {
    name: "AppArmor by a patch, on any node",
    write: patched([APPARMOR, JsonPatch.remove(`${SPEC}/nodeSelector`)]),
    got: "an AppArmor profile on any node",
    fix: "or leave it away",
  },
  {
    name: "an SELinux type that a patch moves to another family's nodes",
    write: patched([JsonPatch.replace(FAMILY, "al2023")]),
    got: "an SELinux type on nodes of al2023",
    fix: "nodeSelector bulwark/image-family: bottlerocket",
  },
  {
    name: "a user namespace on nodes that make none",
    write: patched([JsonPatch.add(`${SPEC}/hostUsers`, false)]),
    got: "(hostUsers: false) on nodes of bottlerocket",
    fix: "nodeSelector bulwark/image-family: al2023 or ubuntu",
  },
  {
    name: "AppArmor by its old annotation",
    write: patched([
      JsonPatch.add("/spec/template/metadata/annotations", {
        "container.apparmor.security.beta.kubernetes.io/it": "runtime/default",
      }),
    ]),
    got: "an AppArmor profile on nodes of bottlerocket",
    fix: "nodeSelector bulwark/image-family: ubuntu",
  },
];
