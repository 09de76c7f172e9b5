/**
 * The one way that a session may take: from a port of the person's own machine to the API, on 443. AWS's own document
 * for this (AWS-StartPortForwardingSessionToRemoteHost) lets the person name any host and port that the machine reaches.
 *
 * @control tunnel-one-way
 */
export function sessionDocument(endpoint: string): string {
  return JSON.stringify({
    schemaVersion: "1.0",
    description: "To the Kubernetes API of this cluster and nowhere else",
    sessionType: "Port",
    parameters: {
      localPortNumber: {
        type: "String",
        description: "The port on your own machine",
        allowedPattern: "^[1-9][0-9]{0,4}$",
      },
    },
    properties: {
      type: "LocalPortForwarding",
      host: endpoint.replace(/^https:\/\//, ""),
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
}
