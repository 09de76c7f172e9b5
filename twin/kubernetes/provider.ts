import { version } from "@pulumi/kubernetes/package.json";
import { openedByEnvironment } from "../opened";
import { servePlugin } from "../provider-plugin";
import { kubernetesConfiguration } from "./configuration";

// The AWS provider is another process of the same update.
const account = openedByEnvironment({ shared: true });

servePlugin({
  version,
  player: account.kubernetes({}),
  configure: (args) => account.kubernetes(kubernetesConfiguration(args)),
});
