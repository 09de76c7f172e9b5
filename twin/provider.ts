import { readFileSync } from "node:fs";
import { version } from "@pulumi/aws/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Account } from "./account";
import { answer, serve } from "./engine/plugin";
import type { Fault } from "./fault";
import { bag, configuration, diffResponse, recordingPartial, struct } from "./provider-message";

/** Which resource a message is about, as the account wants to know it. */
const subject = (message: { getUrn(): string; getType(): string; getName(): string }) => ({
  urn: message.getUrn(),
  // An engine that leaves type and name out still says them in the URN.
  type: message.getType() || (message.getUrn().split("::")[2]?.split("$").at(-1) ?? ""),
  name: message.getName() || (message.getUrn().split("::")[3] ?? ""),
});

let account = Account.open(process.env["BULWARK_TWIN_ACCOUNT"], { faults: faults(process.env["BULWARK_TWIN_FAULTS"]) });

/** The faults to inject: a JSON list, or the file that holds one. */
function faults(words: string | undefined): readonly Fault[] {
  if (words === undefined || words === "") return [];
  return JSON.parse(words.startsWith("[") ? words : readFileSync(words, "utf8")) as Fault[];
}

function check(request: provider.CheckRequest): provider.CheckResponse {
  const { inputs, failures } = account.check({
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

function diff(request: provider.DiffRequest): provider.DiffResponse {
  return diffResponse(
    account.diff({
      ...subject(request),
      id: request.getId(),
      oldInputs: bag(request.getOldInputs()),
      olds: bag(request.getOlds()),
      news: bag(request.getNews()),
      ignoreChanges: request.getIgnorechangesList(),
    }),
  );
}

async function create(request: provider.CreateRequest): Promise<provider.CreateResponse> {
  const inputs = bag(request.getProperties());
  const preview = request.getPreview();
  const made = await recordingPartial(inputs, () => account.create({ ...subject(request), inputs, preview }));
  return new provider.CreateResponse().setId(made.id).setProperties(struct(made.properties));
}

async function update(request: provider.UpdateRequest): Promise<provider.UpdateResponse> {
  const inputs = bag(request.getNews());
  const properties = await recordingPartial(inputs, () =>
    account.update({
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

async function read(request: provider.ReadRequest): Promise<provider.ReadResponse> {
  // The engine gives no earlier properties where it imports, and the last known ones where it refreshes.
  const olds = bag(request.getProperties());
  const importing = Object.keys(olds).length === 0;
  const found = await account.read({
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

async function remove(request: provider.DeleteRequest): Promise<Empty> {
  await account.delete({ ...subject(request), id: request.getId() });
  return new Empty();
}

async function invoke(request: provider.InvokeRequest): Promise<provider.InvokeResponse> {
  return new provider.InvokeResponse().setReturn(
    struct(await account.invoke(request.getTok(), bag(request.getArgs()))),
  );
}

function configure(request: provider.ConfigureRequest): provider.ConfigureResponse {
  account = account.configure(configuration(bag(request.getArgs())));
  return new provider.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(false);
}

const twin = {
  getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  checkConfig: answer((request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())),
  // Another region or account means other resources, but the engine replaces a provider only where that is said.
  diffConfig: answer(() => new provider.DiffResponse()),
  configure: answer(configure),
  check: answer(check),
  diff: answer(diff),
  create: answer(create),
  update: answer(update),
  read: answer(read),
  delete: answer(remove),
  invoke: answer(invoke),
  attach: answer(() => new Empty()),
  cancel: answer(() => new Empty()),
} satisfies Partial<IResourceProviderServer>;

serve(ResourceProviderService, twin);
