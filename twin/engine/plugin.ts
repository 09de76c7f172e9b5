import { setInterval } from "node:timers";
import * as grpc from "@grpc/grpc-js";

/** The largest message the engine sends; a whole state can be in one. */
const LARGEST = 400 * 1024 * 1024;
const ADDRESS = "127.0.0.1:0";

/** A failure with details the engine reads by machine, besides the message that people read. */
export class DetailedError extends Error {
  constructor(
    message: string,
    readonly metadata: grpc.Metadata,
  ) {
    super(message);
    this.name = "DetailedError";
  }
}

/** Turns a function that answers (or throws) into a gRPC handler, so that plugins read as plain functions. */
export function answer<Request, Response>(
  handle: (request: Request, call: grpc.ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const answered = (async () => handle(call.request, call))();
    answered.then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback({
          code: grpc.status.UNKNOWN,
          message: error instanceof Error ? error.message : String(error),
          ...(error instanceof DetailedError && { metadata: error.metadata }),
        });
      },
    );
  };
}

/**
 * Serves one plugin to the engine that started this process: prints the port, as the engine expects, and ends the
 * process when the engine is gone. A killed engine tells nobody, so its plugins would otherwise run for ever.
 */
export function serve<Service extends grpc.UntypedServiceImplementation>(
  service: grpc.ServiceDefinition<Service>,
  implementation: grpc.UntypedServiceImplementation,
): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST,
    "grpc.max_send_message_length": LARGEST,
  });
  server.addService(service, implementation);
  server.bindAsync(ADDRESS, grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  endWithParent();
}

/** Ends this process when its parent ends or asks for it. */
function endWithParent(): void {
  const parent = process.ppid;
  const end = (): void => {
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 250).unref();
}
