import { Metadata, status } from "@grpc/grpc-js";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "./behaviour";
import { DetailedError } from "./engine/plugin";
import { ProviderError } from "./provider-error";
import type { Change, Configuration, DiffAnswer } from "./request";

const { DiffResponse, ErrorResourceInitFailed, PropertyDiff } = provider;

const KINDS: Readonly<Record<Change, provider.PropertyDiff.Kind>> = {
  add: PropertyDiff.Kind.ADD,
  "add-replace": PropertyDiff.Kind.ADD_REPLACE,
  delete: PropertyDiff.Kind.DELETE,
  "delete-replace": PropertyDiff.Kind.DELETE_REPLACE,
  update: PropertyDiff.Kind.UPDATE,
  "update-replace": PropertyDiff.Kind.UPDATE_REPLACE,
};

/** The property bag of a message; absent is empty. */
export function bag(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** A property bag as a message carries it. */
export function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The configuration of `aws.Provider`: its lists and objects arrive as JSON text. */
export function configuration(args: Properties): Configuration {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, parsed(value)]));
}

/** The account's diff as a message. */
export function diffResponse(answer: DiffAnswer): provider.DiffResponse {
  const response = new DiffResponse()
    .setChanges(answer.changes ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
    .setDiffsList([...answer.diffs])
    .setReplacesList([...answer.replaces])
    .setDeletebeforereplace(answer.deleteBeforeReplace)
    .setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const [path, change] of Object.entries(answer.detailed)) {
    detailed.set(path, new PropertyDiff().setKind(KINDS[change]).setInputdiff(true));
  }
  return response;
}

/**
 * Lets the engine record what exists although its creation failed: without this detail the resource would be in the
 * account and in nobody's state.
 */
export async function recordingPartial<Answer>(inputs: Properties, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError && error.partial) throw partialFailure(error.message, error.partial, inputs);
    throw error;
  }
}

function partialFailure(
  message: string,
  { id, properties }: NonNullable<ProviderError["partial"]>,
  inputs: Properties,
): DetailedError {
  const failed = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(struct(properties))
    .setInputs(struct(inputs))
    .setReasonsList([message]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status().setCode(status.UNKNOWN).setMessage(message);
  whole.addDetails(detail);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return new DetailedError(message, metadata);
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
