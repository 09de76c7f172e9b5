import { version } from "@pulumi/kubernetes/package.json";
import { openedByEnvironment } from "../opened";
import { servePlugin } from "../provider-plugin";
import { kubernetesConfiguration } from "./configuration";

const account = openedByEnvironment();

servePlugin({
  version,
  player: account.kubernetes({}),
  configure: (args) => account.kubernetes(kubernetesConfiguration(args)),
});
