/** Which pod a failure is about, as the texts of containerd 1.6 name it. */
export interface FailedForward {
  /** The port inside the pod. */
  readonly port: number;
  /** The id of the pod's sandbox. */
  readonly podId: string;
}

/** The text on the error stream when a connection fails, for any reason. */
export function forwardingFailed({ port, podId, reason }: FailedForward & { readonly reason: string }): string {
  return `error forwarding port ${port} to pod ${podId}, uid : ${reason}`;
}

/** The text when nothing listens on the port. */
export function connectionRefusedText({ port, podId }: FailedForward): string {
  const dialled = `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `;
  const reason = `${inNamespaceOf(podId)}: failed to connect to localhost:${port} inside namespace "${podId}", ${dialled}`;
  return forwardingFailed({ port, podId, reason });
}

/** The text when the program in the pod resets the connection. `localPort` is the runtime's end of it. */
export function connectionResetText(failed: FailedForward & { readonly localPort: number }): string {
  const { port, podId, localPort } = failed;
  const read = `read tcp4 127.0.0.1:${localPort}->127.0.0.1:${port}: read: connection reset by peer`;
  return forwardingFailed({ port, podId, reason: `${inNamespaceOf(podId)}: ${read}` });
}

function inNamespaceOf(podId: string): string {
  const uuid = podId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return `failed to execute portforward in network namespace "/var/run/netns/cni-${uuid}"`;
}
