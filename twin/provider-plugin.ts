import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Account } from "./account";
import type { Properties } from "./behaviour";
import { answer, serve } from "./engine/plugin";
import { bag, diffResponse, recordingPartial, struct } from "./provider-message";

/** Whatever plays a provider: the account for AWS, an API server of the account for Kubernetes. */
export type Player = Pick<Account, "check" | "diff" | "create" | "update" | "delete" | "read" | "invoke">;

/** A plugin as the engine meets it. */
interface Plugin {
  /** The version of the SDK that the plugin stands in for; another one makes the engine warn. */
  readonly version: string;
  /** Who plays until the engine has configured the plugin. */
  readonly player: Player;
  readonly configure: (args: Properties) => Player;
}

/** Which resource a message is about, as the player wants to know it. */
const subject = (message: { getUrn(): string; getType(): string; getName(): string }) => ({
  urn: message.getUrn(),
  // An engine that leaves type and name out still says them in the URN.
  type: message.getType() || (message.getUrn().split("::")[2]?.split("$").at(-1) ?? ""),
  name: message.getName() || (message.getUrn().split("::")[3] ?? ""),
});

/** Serves a provider to the engine that started this process. */
export function servePlugin({ version, player: first, configure }: Plugin): void {
  let player = first;
  const twin = {
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    checkConfig: answer((request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())),
    // Another region or account means other resources, but the engine replaces a provider only where that is said.
    diffConfig: answer(() => new provider.DiffResponse()),
    configure: answer((request: provider.ConfigureRequest) => {
      player = configure(bag(request.getArgs()));
      return new provider.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(false);
    }),
    check: answer((request: provider.CheckRequest) => check(player, request)),
    diff: answer((request: provider.DiffRequest) => diff(player, request)),
    create: answer((request: provider.CreateRequest) => create(player, request)),
    update: answer((request: provider.UpdateRequest) => update(player, request)),
    read: answer((request: provider.ReadRequest) => read(player, request)),
    delete: answer(async (request: provider.DeleteRequest) => {
      await player.delete({ ...subject(request), id: request.getId() });
      return new Empty();
    }),
    invoke: answer(async (request: provider.InvokeRequest) =>
      new provider.InvokeResponse().setReturn(struct(await player.invoke(request.getTok(), bag(request.getArgs())))),
    ),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
  } satisfies Partial<IResourceProviderServer>;
  serve(ResourceProviderService, twin);
}

function check(player: Player, request: provider.CheckRequest): provider.CheckResponse {
  const { inputs, failures } = player.check({
    ...subject(request),
    news: bag(request.getNews()),
    ...(request.hasOlds() && { olds: bag(request.getOlds()) }),
    randomSeed: Buffer.from(request.getRandomseed_asU8()).toString("hex"),
  });
  return new provider.CheckResponse()
    .setInputs(struct(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) => new provider.CheckFailure().setProperty(property).setReason(reason)),
    );
}

function diff(player: Player, request: provider.DiffRequest): provider.DiffResponse {
  return diffResponse(
    player.diff({
      ...subject(request),
      id: request.getId(),
      oldInputs: bag(request.getOldInputs()),
      olds: bag(request.getOlds()),
      news: bag(request.getNews()),
      ignoreChanges: request.getIgnorechangesList(),
    }),
  );
}

async function create(player: Player, request: provider.CreateRequest): Promise<provider.CreateResponse> {
  const inputs = bag(request.getProperties());
  const preview = request.getPreview();
  const made = await recordingPartial(inputs, () => player.create({ ...subject(request), inputs, preview }));
  return new provider.CreateResponse().setId(made.id).setProperties(struct(made.properties));
}

async function update(player: Player, request: provider.UpdateRequest): Promise<provider.UpdateResponse> {
  const inputs = bag(request.getNews());
  const properties = await recordingPartial(inputs, () =>
    player.update({
      ...subject(request),
      id: request.getId(),
      oldInputs: bag(request.getOldInputs()),
      olds: bag(request.getOlds()),
      inputs,
      ignoreChanges: request.getIgnorechangesList(),
      preview: request.getPreview(),
    }),
  );
  return new provider.UpdateResponse().setProperties(struct(properties));
}

async function read(player: Player, request: provider.ReadRequest): Promise<provider.ReadResponse> {
  // The engine gives no earlier properties where it imports, and the last known ones where it refreshes.
  const olds = bag(request.getProperties());
  const importing = Object.keys(olds).length === 0;
  const found = await player.read({
    ...subject(request),
    id: request.getId(),
    importing,
    ...(!importing && { olds }),
  });
  // An answer without an id says that nothing is there.
  if (!found) return new provider.ReadResponse();
  return new provider.ReadResponse()
    .setId(found.id)
    .setInputs(struct(found.inputs))
    .setProperties(struct(found.properties));
}
