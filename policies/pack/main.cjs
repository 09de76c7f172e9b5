// The engine starts this file with plain Node: from here on TypeScript loads as it stands.
require("tsx/cjs");
require("./pack.ts");
