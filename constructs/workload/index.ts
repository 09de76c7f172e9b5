export { Server } from "./server";
export { type Patch, Workload } from "./workload";
