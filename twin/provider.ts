import { version } from "@pulumi/aws/package.json";
import { openedByEnvironment } from "./opened";
import { configuration } from "./provider-message";
import { servePlugin } from "./provider-plugin";

const account = openedByEnvironment();

servePlugin({ version, player: account, configure: (args) => account.configure(configuration(args)) });
