import { defaultBucket, platformOf } from "../state/layout";
import type { Errand } from "./permissions";

/** Where the image holds the modules that the archive leaves out; docs/runner.md promises it to whoever builds one. */
const MODULES = "/opt/bulwark/node_modules";

/**
 * What a build does, as JSON (JSON is YAML). It stands in the stack and not in the archive, so that an archive decides
 * what is applied and never how; it fetches nothing, and none of its variables is a secret.
 *
 * @control runner-own-commands
 */
export function buildspec(errand: Errand): string {
  const { stack } = platformOf(errand.stack);
  return JSON.stringify({
    version: "0.2",
    env: {
      shell: "bash",
      variables: {
        CI: "true",
        PULUMI_BACKEND_URL: backend(errand),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
    phases: {
      build: {
        "on-failure": "ABORT",
        commands: ["set -euo pipefail", `ln -s ${MODULES} node_modules`, `npm run up -- ${stack} --yes`],
      },
    },
  });
}

function backend({ blueprint, runner }: Errand): string {
  return `s3://${runner.stateBucket ?? defaultBucket(blueprint)}?region=${blueprint.region}`;
}
