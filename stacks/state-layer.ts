import type { StateBlueprint } from "./blueprint/schema";
import { provider } from "./provider";
import { State } from "./state";

/** The state layer: where every other stack keeps its state, made once before the first of them. */
export function stateLayer(blueprint: StateBlueprint) {
  const aws = provider(blueprint);
  const state = new State("main", { blueprint }, { providers: { aws } });

  return { backend: state.backend, secretsProvider: state.secretsProvider };
}
