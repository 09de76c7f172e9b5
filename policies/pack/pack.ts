import { PolicyPack } from "@pulumi/policy";

import { settingsOf } from "./settings";
import { policies } from "./policies";

// Constructing the pack starts the server that the engine talks to, so this file is loaded by main.cjs alone.
new PolicyPack("bulwark", { enforcementLevel: "mandatory", policies: policies(settingsOf(process.env)) });
