import type { Control } from "../control";
import { controllers } from "./controllers";
import { falco } from "./falco";
import { gateway } from "./gateway";
import { istio } from "./istio";
import { istiod } from "./istiod";
import { others } from "./others";
import { pins } from "./pins";
import { replicas } from "./replicas";
import { secrets } from "./secrets";

/** What the charts of the platform are told: an absent key is the chart's own default. */
export const charts: readonly Control[] = [
  ...pins,
  ...istio,
  ...istiod,
  ...gateway,
  ...secrets,
  ...controllers,
  ...falco,
  ...replicas,
  ...others,
];
