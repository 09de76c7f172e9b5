import { readFileSync } from "node:fs";
import { version } from "@pulumi/kubernetes/package.json";
import { openedByEnvironment } from "../opened";
import { servePlugin } from "../provider-plugin";
import { kubernetesConfiguration } from "./configuration";
import { RealServer } from "./real";

// The AWS provider is another process of the same update.
const account = openedByEnvironment({ shared: true });

const kubeconfig = process.env["BULWARK_TWIN_KUBECONFIG"];
const real = kubeconfig ? RealServer.named(readFileSync(kubeconfig, "utf8")) : undefined;
// The engine shows this beside the update; without it, objects are the twin's alone.
if (real) console.error(`Kubernetes objects are applied to the API server at ${real.url}, besides the twin's account`);

servePlugin({
  version,
  player: account.kubernetes({ real }),
  configure: (args) => account.kubernetes({ ...kubernetesConfiguration(args), real }),
});
