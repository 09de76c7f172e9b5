import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/aws/package.json";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Ending, EXIT } from "../exit";
import type { Workplace } from "../operation";
import type { Held, Properties } from "./deployment";

/** The engine's own limit: a state can be in one message. */
const LARGEST = 400 * 1024 * 1024;

/** How providers say that nothing is there, when they say it as an error. */
const NOTHING = /non-existent remote object|couldn't find resource|empty result|not ?found|does ?n[o']t exist|NoSuch/i;

/**
 * The AWS provider of a stack, asked directly and only for what it reads: the engine reads no resource that neither its
 * state nor its program knows.
 */
export class AskedProvider {
  private constructor(
    private readonly child: ChildProcess,
    private readonly engine: grpc.Server,
    private readonly client: ResourceProviderClient,
  ) {}

  /** Starts the plugin that the engine uses and configures it as the state says. */
  static async start(place: Workplace, inputs: Properties): Promise<AskedProvider> {
    const engine = new grpc.Server();
    // The plugin only ever tells an engine what it would print.
    engine.addService(EngineService, {
      log: (_: unknown, done: grpc.sendUnaryData<Empty>) => {
        done(null, new Empty());
      },
    });
    const port = await listening(engine);
    const home = place.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    const plugin = join(home, "plugins", `resource-aws-v${version}`, "pulumi-resource-aws");
    const child = spawn(plugin, [`127.0.0.1:${port}`], {
      cwd: place.project,
      env: withoutFaults(place.env),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const address = `127.0.0.1:${await printedPort(child, plugin)}`;
    const limits = { "grpc.max_receive_message_length": LARGEST, "grpc.max_send_message_length": LARGEST };
    const client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), limits);
    const provider = new AskedProvider(child, engine, client);
    await provider.#configure(inputs);
    return provider;
  }

  /** What an import of this id would bring; undefined when nothing is there. */
  async read(urn: string, type: string, id: string): Promise<Held | undefined> {
    const name = urn.split("::").at(-1) ?? "";
    const request = new messages.ReadRequest().setUrn(urn).setType(type).setName(name).setId(id);
    request.setProperties(new Struct()).setInputs(new Struct());
    try {
      const answer = await this.#call<messages.ReadResponse>((done) => this.client.read(request, done));
      const found = answer.getId();
      return found === ""
        ? undefined
        : { id: found, inputs: bag(answer.getInputs()), properties: bag(answer.getProperties()) };
    } catch (error) {
      if (error instanceof Error && NOTHING.test(error.message)) return undefined;
      throw new Ending(
        `asking for ${type} ${id}: ${error instanceof Error ? error.message : String(error)}`,
        EXIT.engine,
      );
    }
  }

  /** Answers a function of the provider, such as a look-up by tags. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args));
    const answer = await this.#call<messages.InvokeResponse>((done) => this.client.invoke(request, done));
    const [failure] = answer.getFailuresList();
    if (failure !== undefined) throw new Ending(`${token}: ${failure.getReason()}`, EXIT.engine);
    return bag(answer.getReturn());
  }

  /** Ends the plugin, and waits until it is gone. */
  async stop(): Promise<void> {
    this.client.close();
    this.engine.forceShutdown();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await gone;
  }

  async #configure(inputs: Properties): Promise<void> {
    const given = Object.entries(inputs).filter(
      ([key]) => !["version", "pluginDownloadURL", "__internal"].includes(key),
    );
    const request = new messages.ConfigureRequest().setArgs(struct(Object.fromEntries(given)));
    request.setAcceptsecrets(false).setAcceptresources(false);
    const variables = request.getVariablesMap();
    for (const [key, value] of given)
      variables.set(`aws:config:${key}`, typeof value === "string" ? value : JSON.stringify(value));
    try {
      await this.#call<messages.ConfigureResponse>((done) => this.client.configure(request, done));
    } catch (error) {
      await this.stop();
      throw new Ending(`the AWS provider: ${error instanceof Error ? error.message : String(error)}`, EXIT.engine);
    }
  }

  #call<Answer>(send: (done: (error: grpc.ServiceError | null, answer: Answer) => void) => unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      send((error, answer) => {
        if (error === null) resolve(answer);
        else reject(new Error(error.details));
      });
    });
  }
}

/** What is injected into a rehearsed update must not strike the question about it. */
function withoutFaults(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== "BULWARK_TWIN_FAULTS"));
}

function listening(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

async function printedPort(child: ChildProcess, plugin: string): Promise<string> {
  if (child.stdout === null) throw new Error("a plugin without an output");
  const lines = createInterface({ input: child.stdout });
  const failed = once(child, "error").then(([error]: unknown[]) => error);
  const ended = once(child, "exit").then(() => new Error("it ended at once"));
  const first = await Promise.race([once(lines, "line").then(([line]: unknown[]) => line), failed, ended]);
  if (typeof first === "string" && /^\d+$/.test(first)) return first;
  throw new Ending(
    `the AWS provider ${plugin} did not start: ${first instanceof Error ? first.message : String(first)}`,
    EXIT.engine,
  );
}

function bag(message: Struct | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}
