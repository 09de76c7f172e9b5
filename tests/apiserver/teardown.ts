import { holder } from "./server";

/** Ends the API server that the suites shared. */
export default async function teardown(): Promise<void> {
  await holder.bulwarkApiServer?.stop();
}
