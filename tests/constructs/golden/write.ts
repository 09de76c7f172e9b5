import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases";

// Written anew on purpose only; the difference is read in review like code.
for (const [name, build] of Object.entries(CASES)) writeFileSync(join(__dirname, `${name}.yaml`), build().synthYaml());
