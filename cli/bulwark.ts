import { Command, CommanderError, Option } from "commander";
import { apiserver } from "./apiserver";
import { bootstrap } from "./bootstrap";
import { destroy } from "./destroy";
import { doctor, type DoctorOptions } from "./doctor";
import { Ending, EXIT } from "./exit";
import { kubeconfig, type KubeconfigOptions } from "./kubeconfig";
import { preview } from "./preview";
import { rehearse, type RehearseOptions } from "./rehearse";
import { destroyRehearsal } from "./rehearse/destroy";
import { rehearsalIn, reset } from "./rehearse/folder";
import { look } from "./rehearse/look";
import { recover, type RecoverOptions } from "./recover";
import { type TunnelOptions, tunnel } from "./tunnel";
import { up } from "./up";
import { verify, type VerifyOptions } from "./verify";

const ENDINGS = `
Exit codes:
  0  done, or nothing to do
  1  refused: a control, the guard of protected resources, or something left behind
  2  the command line or a configuration file is wrong
  3  the engine, the provider or the cloud failed`;

const program = new Command("bulwark")
  .description("A secure EKS cluster blueprint: preview, judge, create, take down, rehearse.")
  .addHelpText("after", ENDINGS)
  .showHelpAfterError()
  .exitOverride();

const rehearsal = program
  .command("rehearse")
  .description("preview and create the example against the twin, a stand-in AWS account")
  .option("--json", "one JSON document on stdout and nothing else", false)
  .option("--folder <path>", "where the rehearsal lies (default: .bulwark/rehearsal)")
  .option("--example <path>", "the configuration to copy when there is none (default: examples/production)")
  .action(() => rehearse(rehearseOptions()));
rehearsal
  .command("destroy")
  .description("take the rehearsed clusters down, then ask the account what is left")
  .action(() => destroyRehearsal(rehearseOptions()));
rehearsal
  .command("look")
  .description("print what is in the twin's account")
  .action(() => {
    look(rehearseOptions());
  });
rehearsal
  .command("reset")
  .description("throw the rehearsal away: configuration, state and account")
  .action(() => {
    reset(rehearsalIn(rehearseOptions().folder));
  });

const json = ["--json", "one JSON document on stdout and nothing else", false] as const;
const yes = ["-y, --yes", "do not ask before changing anything", false] as const;

program
  .command("preview")
  .description("preview a stack of the real account, judged by every control")
  .argument("<stack>")
  .option(...json)
  .action((stack: string, options: { json: boolean }) => preview(stack, options));
program
  .command("up")
  .description("preview as a gate, then create or update")
  .argument("<stack>")
  .option(...json)
  .option(...yes)
  .action((stack: string, options: { json: boolean; yes: boolean }) => up(stack, options));
program
  .command("destroy")
  .description("take a stack down; refused with the exact lines to add until its teardown is written down")
  .argument("<stack>")
  .option(...json)
  .option(...yes)
  .action((stack: string, options: { json: boolean; yes: boolean }) => destroy(stack, options));
program
  .command("kubeconfig")
  .description("print a kubeconfig for people; it never holds a credential")
  .argument("<stack>")
  .addOption(new Option("--sign-in <way>", "by AWS role or by your identity provider").choices(["aws", "oidc"]))
  .option("--rehearse [folder]", "of the rehearsed cluster")
  .action((stack: string, options: KubeconfigOptions) => kubeconfig(stack, options));
program
  .command("tunnel")
  .description("lead this machine to a private API by Session Manager, until Ctrl-C")
  .argument("<stack>")
  .addOption(new Option("--sign-in <way>", "by AWS role or by your identity provider").choices(["aws", "oidc"]))
  .option("--port <number>", "the port on this machine (default: one that is free)")
  .action((stack: string, options: TunnelOptions) => tunnel(stack, options));
program
  .command("recover")
  .description("after an interrupted update: adopt what the account holds and the state lacks, then finish")
  .argument("<stack>")
  .option(...json)
  .option(...yes)
  .option("--adopt <type::name=id>", "what you found in the account, under this id; repeatable", several, [])
  .option("--create <type::name>", "what you looked for and did not find; repeatable", several, [])
  .option("--rehearse [folder]", "of the rehearsed stack")
  .action((stack: string, options: RecoverOptions) => recover(stack, options));

program
  .command("bootstrap")
  .description("once an account: the bucket, key and secrets provider in which all stacks keep their state")
  .argument("[stack]", "the stack whose configuration has `layer: state`", "state")
  .option(...json)
  .option(...yes)
  .option("--rehearse", "against the twin; stops before the login", false)
  .action((stack: string, options: { json: boolean; yes: boolean; rehearse: boolean }) => bootstrap(stack, options));
program
  .command("doctor")
  .description(
    "before the first up: ask AWS about quotas, permissions, names, capacity; without a stack: the rehearsal's account",
  )
  .argument("[stack]")
  .option(...json)
  .option("--rehearse [folder]", "of a rehearsal")
  .action((stack: string | undefined, options: DoctorOptions) => doctor(stack, options));
program
  .command("verify")
  .description("ask AWS whether what was promised is so; without a stack: the rehearsal's account")
  .argument("[stack]")
  .option(...json)
  .option("--rehearse [folder]", "of a rehearsal")
  .action((stack: string | undefined, options: VerifyOptions) => verify(stack, options));
program
  .command("apiserver")
  .description("start a real Kubernetes API server on this machine until Ctrl-C, and print how to reach it")
  .action(apiserver);

program.parseAsync().catch(end);

/** An option that can be said more than once. */
function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function rehearseOptions(): RehearseOptions {
  return rehearsal.opts<RehearseOptions & Record<string, unknown>>();
}

/** Every end has its exit code; a defect of this program keeps its stack trace. */
function end(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (error instanceof Ending) {
    process.exitCode = error.code;
    if (process.argv.includes("--json"))
      console.log(JSON.stringify({ error: error.message, ...error.details }, null, 2));
    else console.error(`\n${error.message}`);
  } else {
    process.exitCode = EXIT.engine;
    console.error(error);
  }
}
