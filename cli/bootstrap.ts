import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, WORK } from "./checkout";
import { confirm } from "./confirm";
import { engine, realPlace } from "./engine";
import { Ending, EXIT } from "./exit";
import { demand, gateUpdate } from "./gate";
import { ask, operate, type Workplace } from "./operation";
import { planText } from "./plan";
import { inSteps, sofar, type Step, voice } from "./progress";
import { lay, rehearsalIn, rehearsalPlace } from "./rehearse/folder";
import { ensureStack } from "./stack";

const EXAMPLE = join(ROOT, "examples", "bootstrap");

export interface BootstrapOptions {
  readonly json: boolean;
  readonly yes: boolean;
  /** Against the twin; nothing outside this checkout is touched. */
  readonly rehearse: boolean;
}

/** What the state layer answers, and every later stack needs. */
interface Backend {
  readonly backend: string;
  readonly secretsProvider: string;
}

interface Stage {
  place?: Workplace;
  backend?: Backend;
}

/**
 * Once an account: makes the bucket, the keys and the secrets provider of all states. Their own state begins in a local
 * folder, since there is no bucket yet, and moves into the bucket at the end.
 */
export async function bootstrap(stack: string, options: BootstrapOptions): Promise<void> {
  const speak = voice(options);
  const stage: Stage = await inSteps<Stage>(speak, {}, [
    {
      title: "Pulumi engine",
      work: async (context, say) => {
        const found = await engine(say);
        context.place = options.rehearse ? rehearsedPlace(stack, found) : localPlace(realPlace(found), stack);
        return `${found.version} (${found.origin})`;
      },
    },
    previewStep(stack, options),
  ]);
  await confirm("Create the bucket and the keys of all states?", { yes: options.yes || options.rehearse });
  await inSteps(speak, stage, [createStep(stack), ...(options.rehearse ? [] : [moveStep(stack)])]);

  const { backend } = stage;
  if (backend === undefined) throw new Error("the state layer answered nothing");
  if (options.json) console.log(JSON.stringify({ ...backend, rehearsal: options.rehearse }, null, 2));
  else console.log(nextText(backend, options));
}

function previewStep(stack: string, { json }: BootstrapOptions): Step<Stage> {
  return {
    title: "State layer, preview",
    work: async ({ place }, say) => {
      await ensureStack(placed(place), stack);
      const approved = await gateUpdate(placed(place), {
        stack,
        onProgress: (events) => {
          say(sofar(events));
        },
      });
      if (!json) console.error(planText(approved));
      return approved.hasChanges ? "approved" : "no changes";
    },
  };
}

function createStep(stack: string): Step<Stage> {
  return {
    title: "State layer, up",
    work: async (stage, say) => {
      const place = placed(stage.place);
      demand(
        await operate(place, "up", {
          stack,
          onProgress: (events) => {
            say(sofar(events));
          },
        }),
      );
      stage.backend = JSON.parse(await ask(place, ["stack", "output", "--json", "--stack", stack])) as Backend;
      return stage.backend.backend;
    },
  };
}

/** Moves the state of the bucket into the bucket, under the key that was just made. */
function moveStep(stack: string): Step<Stage> {
  return {
    title: "Moving this state into the bucket",
    work: async (stage) => {
      const place = placed(stage.place);
      if (stage.backend === undefined) throw new Error("the state layer answered nothing");
      const { backend, secretsProvider } = stage.backend;
      const file = join(WORK, `bootstrap.${stack}.json`);
      await ask(place, ["stack", "export", "--stack", stack, "--file", file]);
      const env = { ...place.env };
      delete env["PULUMI_BACKEND_URL"];
      const remote = { ...place, env };
      await ask(remote, ["login", backend]);
      dropSalt(join(place.project, `Pulumi.${stack}.yaml`));
      await ask(remote, ["stack", "init", stack, "--secrets-provider", secretsProvider]);
      await ask(remote, ["stack", "import", "--stack", stack, "--file", file]);
      rmSync(file);
      return "moved";
    },
  };
}

/** The user's own workplace, but with the state in a folder: the bucket does not exist yet. */
function localPlace(place: Workplace, stack: string): Workplace {
  const config = join(ROOT, `Pulumi.${stack}.yaml`);
  if (!existsSync(config)) {
    throw new Ending(
      `there is no Pulumi.${stack}.yaml; copy examples/bootstrap/Pulumi.state.yaml beside Pulumi.yaml and make it yours`,
      EXIT.usage,
    );
  }
  return { ...place, env: { ...place.env, ...local(join(WORK, "bootstrap")) } };
}

/** A rehearsal of its own, of the example's configuration; a copy that a person edited stays. */
function rehearsedPlace(stack: string, found: Parameters<typeof rehearsalPlace>[1]): Workplace {
  const rehearsal = rehearsalIn(join(WORK, "bootstrap-rehearsal"));
  lay(rehearsal, EXAMPLE);
  const config = join(rehearsal.folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(config)) copyFileSync(join(EXAMPLE, "Pulumi.state.yaml"), config);
  return rehearsalPlace(rehearsal, found);
}

function local(folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true });
  return {
    PULUMI_BACKEND_URL: pathToFileURL(folder).href,
    // This state holds no secret yet, and is encrypted by the new key as soon as that exists.
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "bootstrap",
  };
}

/** The salt belongs to the passphrase of the local state; the new secrets provider writes its own line. */
function dropSalt(configFile: string): void {
  writeFileSync(configFile, readFileSync(configFile, "utf8").replace(/^encryptionsalt:.*\n/m, ""));
}

function nextText({ backend, secretsProvider }: Backend, { rehearse }: BootstrapOptions): string {
  return [
    "",
    rehearse
      ? "Rehearsed on the twin. A real bootstrap now logs in to the bucket and moves its own state there; then:"
      : "Done. On every machine that deploys:",
    "",
    `  pulumi login '${backend}'`,
    `  pulumi stack init production --secrets-provider '${secretsProvider}'`,
    "  npm run preview -- production",
    "  npm run up -- production",
  ].join("\n");
}

function placed(place: Workplace | undefined): Workplace {
  if (place === undefined) throw new Error("the engine was not obtained before it was used");
  return place;
}
