import { Account } from "../../../twin/account";
import type { KubernetesConfiguration } from "../../../twin/kubernetes/configuration";
import { Deployed } from "../deployment";

type Object = Readonly<Record<string, unknown>>;

/** A cluster of an account in which nothing takes time, with the namespace `shop`. */
export class Scene {
  readonly account = Account.open(undefined, { timeScale: 0 });

  static async begin(): Promise<Scene> {
    const scene = new Scene();
    await scene.make("core/v1:Namespace", { metadata: { name: "shop" } }, "shop");
    return scene;
  }

  provider(configuration: KubernetesConfiguration = {}) {
    return this.account.kubernetes({ alone: "main", ...configuration });
  }

  /** Makes an object as the engine does; the type is written as `apps/v1:Deployment`. */
  make(type: string, inputs: Object, name = "made", configuration: KubernetesConfiguration = {}): Promise<Deployed> {
    return Deployed.create(this.provider(configuration), `kubernetes:${type}`, inputs, name);
  }

  /** What the cluster holds: the ids, by type. */
  held(): string[] {
    const { made, behindTheBack } = this.account.leftovers();
    return [...made, ...behindTheBack].map(
      ({ type, id }) => `${type.replace("kubernetes:", "")} ${id.replace("main:", "")}`,
    );
  }
}

const labels = { app: "web" };

/** A Deployment that any API server accepts. */
export const deployment = {
  metadata: { name: "web", namespace: "shop" },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "registry.example/web" }] } },
  },
};
