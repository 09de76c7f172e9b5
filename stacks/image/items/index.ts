import type { ImageBlueprint } from "../../blueprint/options/images";
import { access } from "./access";
import { audit } from "./audit";
import { confinement } from "./confinement";
import { files } from "./files";
import type { Topic } from "./item";
import { kubelet } from "./kubelet";
import { modules } from "./modules";
import { kernel, network } from "./sysctls";

/** Everything that an image promises, by topic, in the order in which it is made so. */
export function topics(image: Pick<ImageBlueprint, "family" | "mirror">): readonly Topic[] {
  return [modules, kernel, network, files, access(image.family), audit(image), confinement(image.family), kubelet];
}
