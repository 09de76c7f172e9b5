/** Prints the names of the namespaces that Kubernetes' own client sees by a kubeconfig; a program of its own, since Jest cannot load that client. */
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";

const [file = ""] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromFile(file);
void config
  .makeApiClient(CoreV1Api)
  .listNamespace()
  .then(({ items }) => {
    console.log(items.map(({ metadata }) => metadata?.name).join());
  });
