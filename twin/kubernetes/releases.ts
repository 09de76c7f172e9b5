import type { Properties, Stored } from "../behaviour";
import { valuesAt } from "../path";
import { ProviderError } from "../provider-error";
import type { Subject } from "../request";
import type { Ground } from "../world";
import type { ApiServer } from "./api-server";
import { outlives } from "./chart";
import { DEFINITION, definitionsOf } from "./definition";
import { metadataOf } from "./object";
import type { RealServer } from "./real";

/** Minutes an installation, an upgrade and an uninstallation take, for Helm waits for the chart's pods (not measured). */
const MINUTES = { install: 2, upgrade: 1, uninstall: 0.5 };

// What Helm's own check says of a release's name.
const NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

/**
 * Helm releases. The twin has no charts: a release is its chart, version and values, and the definitions that the chart
 * is known to bring. What else it would render is not there.
 */
export class Releases {
  constructor(
    private readonly ground: Ground,
    private readonly server: ApiServer,
    private readonly real: RealServer | undefined,
  ) {}

  /** Refuses what Helm refuses before it asks the cluster: a name that is none, a chart that is nowhere. */
  judge({ chart, name, repositoryOpts }: Properties): void {
    if (!new RegExp(NAME).test(String(name)) || String(name).length > 53) {
      throw new ProviderError(
        `invalid release name, must match regex ${NAME} and the length must not be longer than 53`,
      );
    }
    const [repo] = valuesAt(repositoryOpts, "repo");
    if (repo === undefined && !/^(oci:\/\/|https?:\/\/|\.|\/)/.test(String(chart))) {
      throw new ProviderError(`non-absolute URLs should be in form of repo_name/path_to_chart, got: ${String(chart)}`);
    }
  }

  async install({ type, urn }: Subject, inputs: Properties): Promise<Stored> {
    this.judge(inputs);
    this.ground.store.refresh();
    const { namespace } = inputs;
    if (!this.server.hasNamespace(String(namespace)) && inputs["createNamespace"] !== true) {
      throw new ProviderError(`create: failed to create: namespaces "${String(namespace)}" not found`);
    }
    if (this.server.find(type, `${String(namespace)}/${String(inputs["name"])}`)) {
      throw new ProviderError("cannot re-use a name that is still in use");
    }
    this.#demandDefinitions(inputs);
    const begun = this.server.keep({ type, urn, inputs, properties: described(inputs, 1), status: "CREATING" });
    return await this.#during(begun, MINUTES.install, inputs);
  }

  async upgrade({ urn }: Subject, before: Stored, inputs: Properties): Promise<Stored> {
    this.judge(inputs);
    this.#demandDefinitions(inputs);
    const revision = Number(valuesAt(before.properties, "status.revision")[0] ?? 0) + 1;
    const begun = { ...before, urn, inputs, properties: described(inputs, revision), status: "UPDATING" };
    return await this.#during(begun, MINUTES.upgrade, inputs);
  }

  async uninstall(stored: Stored): Promise<void> {
    const { store, clock } = this.ground;
    store.put({ ...stored, status: "DELETING" });
    this.#record();
    await clock.wait(MINUTES.uninstall);
    store.refresh();
    this.server.remove(stored);
    const { chart, values = {}, skipCrds } = stored.inputs;
    if (!outlives(String(chart), values as Properties)) {
      for (const name of definitionsOf(String(chart), values as Properties, skipCrds === true).keys()) {
        const definition = this.server.find(DEFINITION, name);
        if (definition?.note !== broughtBy(stored.inputs)) continue;
        await this.real?.remove(definition.properties);
        this.server.remove(definition);
      }
    }
    this.#record();
  }

  async #bring(inputs: Properties): Promise<void> {
    const { chart, values = {}, skipCrds } = inputs;
    for (const [name, definition] of definitionsOf(String(chart), values as Properties, skipCrds === true)) {
      // A real server may have the real definition already, which says more than ours.
      if (this.real && (await this.real.read(definition)) === undefined) await this.real.apply(definition);
      this.server.bring(name, definition, broughtBy(inputs));
    }
  }

  /** Objects of kinds that another chart brings cannot be built before it is there. */
  #demandDefinitions({ chart, values = {} }: Properties): void {
    const name = String(chart).split("/").at(-1) ?? "";
    const [wanted] = NEEDS_CERTIFICATES[name]?.flatMap((path) => valuesAt(values, path)) ?? [];
    if (wanted !== true) return;
    const has = this.server
      .objects()
      .some(
        ({ type, properties }) => type === DEFINITION && metadataOf(properties).name === "certificates.cert-manager.io",
      );
    if (!has) {
      throw new ProviderError(
        'unable to build kubernetes objects from release manifest: resource mapping not found: no matches for kind "Certificate" ' +
          'in version "cert-manager.io/v1" ensure CRDs are installed first',
      );
    }
  }

  async #during(passing: Stored, minutes: number, inputs: Properties): Promise<Stored> {
    const { store, clock } = this.ground;
    store.put(passing);
    this.#record();
    await clock.wait(minutes);
    await this.#bring(inputs);
    store.refresh();
    const stored = { ...passing, status: "ACTIVE" };
    store.put(stored);
    this.#record();
    return stored;
  }

  #record(): void {
    const { store, clock } = this.ground;
    store.ledger.now = clock.now();
    store.flush();
  }
}

// Values that make a chart render a Certificate of cert-manager.
const NEEDS_CERTIFICATES: Readonly<Record<string, readonly string[]>> = {
  "aws-load-balancer-controller": ["enableCertManager"],
  "external-secrets": ["webhook.certManager.enabled"],
};

function described(inputs: Properties, revision: number): Properties {
  const { name, namespace, chart, version } = inputs;
  const told = { name, namespace, chart: String(chart).split("/").at(-1), revision, status: "deployed" };
  return { ...inputs, status: { ...told, ...(version !== undefined && { version }) } };
}

function broughtBy({ name, namespace }: Properties): string {
  return `brought by the release ${String(namespace)}/${String(name)}`;
}
