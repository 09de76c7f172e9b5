/**
 * What the API server writes into an object's metadata with every request, before validating admission sees it; no requester chooses
 * these values. Whole objects therefore always differ.
 */
export const SERVER_OWNED: readonly string[] = ["generation", "managedFields", "resourceVersion"];
