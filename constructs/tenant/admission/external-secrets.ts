import { text } from "../../admission/cel";
import { STORE } from "../../external-secret";
import type { Judgement } from "./index";

/** An ExternalSecret copies the tenant's own secrets, from the tenant's own store, into a plain Secret. */
export function externalSecrets(): Judgement {
  return {
    rules: [["external-secrets.io", ["externalsecrets"]]],
    variables: {
      data: "object.?spec.?data.orValue([])",
      dataFrom: "object.?spec.?dataFrom.orValue([])",
    },
    validations: [
      {
        expression:
          `object.?spec.?secretStoreRef.?kind.orValue("SecretStore") == "SecretStore" && ` +
          `object.?spec.?secretStoreRef.?name.orValue("") == ${text(STORE)}`,
        message: `secretStoreRef is the tenant's own SecretStore "${STORE}"`,
      },
      {
        expression: "variables.data.all(d, !has(d.sourceRef)) && variables.dataFrom.all(d, !has(d.sourceRef))",
        message: "no sourceRef: other stores and generators are not the tenant's",
      },
      {
        // A template may ask for type kubernetes.io/service-account-token, and so for a credential of any account of the namespace.
        expression: 'dyn(object).?spec.?target.orValue({}).all(k, !(k in ["template", "manifest"]))',
        message: "target has no template and no manifest: the Secret is plain, and nothing else is made",
      },
      {
        expression: `object.?spec.?target.?creationPolicy.orValue("Owner") == "Owner"`,
        message: "creationPolicy is Owner: a Secret that something else made is not written to",
      },
    ],
  };
}
