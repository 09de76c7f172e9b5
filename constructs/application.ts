import { Chart } from "cdk8s";
import type { Construct, IConstruct } from "constructs";
import { refusals } from "./belongings";
import { label, tenantName } from "./name";
import type { Requirements } from "./requirements";
import { Workload } from "./workload/workload";

export interface ApplicationArgs {
  /** The tenant that the application lives in: the namespace that the platform's owners made for the team. */
  readonly tenant: string;
  /** Who is called when it breaks: an address or a team's name. */
  readonly owner: string;
}

/**
 * A team's own scope inside a tenant. It makes no boundary of its own (no namespace, quota or default deny): what an application
 * could write, it could also weaken.
 */
export class Application extends Chart {
  readonly tenant: string;
  readonly #owner: string;

  /** Whether a construct is an application; `instanceof` is true for every Chart, since cdk8s redefines it. */
  static is(construct: IConstruct): construct is Application {
    return #owner in construct;
  }

  constructor(scope: Construct, id: string, args: ApplicationArgs) {
    super(scope, label("an application's name", id), {
      namespace: tenantName("tenant", args.tenant),
      labels: { "app.kubernetes.io/part-of": id, "app.kubernetes.io/managed-by": "bulwark" },
    });
    this.tenant = args.tenant;
    this.#owner = named(args.owner);
    this.node.addValidation({
      validate: () => [...this.clashes(), ...this.shared(), ...this.detours(), ...refusals(this, this.tenant)],
    });
  }

  /** What the application needs from outside its repository. */
  get requirements(): Requirements {
    return {
      application: this.node.id,
      tenant: this.tenant,
      owner: this.#owner,
      workloads: this.workloads.map((workload) => workload.requirements).filter((each) => each !== undefined),
    };
  }

  /** The workloads declared so far, in the order they were declared. */
  get workloads(): readonly Workload[] {
    return this.node.findAll().filter((node) => node instanceof Workload);
  }

  /** Two applications of one tenant share its namespace, where a name belongs to one workload. */
  private clashes(): string[] {
    const others = this.neighbours().filter(
      ({ tenant, application }) => application !== this && tenant === this.tenant,
    );
    return this.workloads.flatMap(({ name }) =>
      others
        .filter((other) => other.name === name)
        .map(
          ({ application }) =>
            `workload "${name}" also stands in application "${application.node.id}" of tenant "${this.tenant}"; rename one`,
        ),
    );
  }

  /** A public name leads to one place: of two routes with one host the gateway follows whichever it read first. */
  private shared(): string[] {
    const all = this.neighbours();
    return this.workloads.flatMap((workload) =>
      (workload.requirements?.hosts ?? []).flatMap((host) =>
        all
          .filter((other) => other.workload !== workload && other.workload.requirements?.hosts.includes(host))
          .map(
            ({ tenant, name }) =>
              `host "${host}" of "${workload.name}" also leads to "${tenant}/${name}"; give one of them another name`,
          ),
      ),
    );
  }

  /** A remote name for a workload that stands here would be a call that nobody answers: its own flows never hear of it. */
  private detours(): string[] {
    const all = this.neighbours();
    return this.workloads.flatMap((workload) =>
      workload.flows.outside
        .filter((call) => all.some(({ tenant, name }) => tenant === call.tenant && name === call.name))
        .map(
          ({ tenant, name }) =>
            `"${workload.name}" calls "${tenant}/${name}" as a workload of another repository, but it stands here; ` +
            "pass the workload itself to calls",
        ),
    );
  }

  /** Every workload of the app, with its place. */
  private neighbours(): { workload: Workload; name: string; tenant: string; application: Application }[] {
    return this.node.root.node
      .findAll()
      .filter((node) => Application.is(node))
      .flatMap((application) =>
        application.workloads.map((workload) => ({
          workload,
          name: workload.name,
          tenant: application.tenant,
          application,
        })),
      );
  }
}

function named(owner: string): string {
  if (owner.trim() !== "") return owner;
  throw new Error(
    `owner must be who is called when the application breaks, got "${owner}"; write an address or a team's name`,
  );
}
